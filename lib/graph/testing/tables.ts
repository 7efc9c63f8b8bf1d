import { describe, expect, test } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import type { TechniqueId } from '../kinds.ts';
import { edgesOf } from './edges.ts';

export type Finds = readonly [name: string, fixture: ClusterFixture, edges: string[]][];
export type Silent = readonly [name: string, fixture: ClusterFixture][];

/** The two tables of a technique: worlds in which it finds exactly these edges, and worlds in which it finds none. */
export function tables(technique: TechniqueId, { finds, silent }: { readonly finds: Finds; readonly silent: Silent }): void {
  describe(`${technique} finds`, () => {
    test.each(finds)('%s', (_name, fixture, edges) => expect(edgesOf(fixture.inventory(), technique)).toEqual([...edges].sort()));
  });
  describe(`${technique} stays silent`, () => {
    test.each(silent)('%s', (_name, fixture) => expect(edgesOf(fixture.inventory(), technique)).toEqual([]));
  });
}
