import { type AnyOf, holdings } from '../../graph/facts/rights.ts';
import type { FindingWorld } from './world.ts';

const EVERYTHING: AnyOf = [{ verbs: ['*'], apiGroup: '*', resource: '*' }];

const remembered = new WeakMap<FindingWorld, Map<string, boolean>>();

/** Whether somebody is cluster admin anyway: then that is the finding, and what he may do one by one is none. */
export function isCoveredByAdmin(world: FindingWorld, key: string): boolean {
  const known = remembered.get(world) ?? new Map<string, boolean>();
  remembered.set(world, known);
  let covered = known.get(key);
  if (covered === undefined) {
    covered = holdings(world.rbac.bySubject.get(key) ?? [], EVERYTHING).some(({ scope, name }) => scope === '' && name === undefined);
    known.set(key, covered);
  }
  return covered;
}
