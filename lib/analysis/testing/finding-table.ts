import { describe, expect, test } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import type { FoundRow } from '../find-findings.ts';
import type { FindingId } from '../findings/index.ts';
import { found, rowsOf } from './finding-rows.ts';
import { patchedWorld } from './patched-world.ts';

/** Rows whose way is one of several, so that closing it may leave another. */
const ONE_OF_SEVERAL = new Set<FindingId>([
  'exposed-cluster-admin',
  'exposed-cloud-admin',
  'exposed-secret-reader',
  'escape-to-control-plane',
]);

/** Every row has a command and a patch, or says why not; with its patches made the row is gone. */
function expectFix(inventory: Inventory, id: FindingId, { fix, identity }: FoundRow): void {
  const { command, patches = [], lacks } = fix;
  expect([fix.says, lacks !== undefined], 'a row lacks a command or a patch just where it says so').toEqual([
    fix.says,
    command === undefined || patches.length === 0,
  ]);
  const patched = patches.length === 0 || ONE_OF_SEVERAL.has(id) ? undefined : patchedWorld(inventory, patches);
  if (patched === undefined) return;
  const left = found(patched, id)?.rows.map((row) => row.identity) ?? [];
  expect([fix.says, left.includes(identity)], 'the patches leave the row').toEqual([fix.says, false]);
}

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
        expectFix(inventory, id, row);
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
