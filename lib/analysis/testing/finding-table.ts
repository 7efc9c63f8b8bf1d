import { describe, expect, test } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import type { FindingId } from '../findings/index.ts';
import { found, rowsOf } from './finding-rows.ts';

interface Tables {
  readonly finds: readonly (readonly [name: string, world: ClusterFixture, rows: readonly string[]])[];
  readonly silent: readonly (readonly [name: string, world: ClusterFixture])[];
}

/** Whether the pointer names something in the object, or is the whole of it. */
function resolves(object: unknown, pointer: string): boolean {
  if (pointer === '') return true;
  let at: unknown = object;
  for (const part of pointer.slice(1).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Record<string, unknown>)[key];
  }
  return true;
}

/** The two tables of a finding; every evidence of a Kubernetes object has to point at something that is in it. */
export function tablesOf(id: FindingId, { finds, silent }: Tables): void {
  describe(`${id} finds`, () => {
    test.each(finds)('%s', (_, world, rows) => {
      const inventory = world.inventory();
      expect(rowsOf(inventory, id)).toEqual(rows);
      for (const row of found(inventory, id)?.rows ?? []) {
        expect(row.whyHere).not.toBe('');
        expect(row.fix.says).not.toBe('');
        for (const { kind, namespace, name, pointer } of row.evidence) {
          const object = world.objects.find((one) => {
            const metadata = one.metadata as { namespace?: string; name: string };
            return one.kind === kind && metadata.name === name && metadata.namespace === namespace;
          });
          if (object !== undefined) expect([kind, name, pointer, resolves(object, pointer)]).toEqual([kind, name, pointer, true]);
        }
      }
    });
  });

  describe(`${id} stays silent on`, () => {
    test.each(silent)('%s', (_, world) => {
      expect(rowsOf(world.inventory(), id)).toEqual([]);
    });
  });
}
