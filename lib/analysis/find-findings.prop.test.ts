import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { HOSTILE_NAMES } from '../graph/testing/worlds.ts';
import { type ClusterFixture, cluster, rule, sa } from '../inventory/testing/cluster.ts';
import { findFindings } from './find-findings.ts';
import { baseOf } from './testing/finding-rows.ts';

const name = fc.constantFrom('web', 'db', ...HOSTILE_NAMES);
const path = fc.tuple(fc.constantFrom('a', 'constructor'), name).map((parts) => parts.join('/'));
type Step = (world: ClusterFixture) => ClusterFixture;

const step: fc.Arbitrary<Step> = fc.oneof(
  path.map(
    (one): Step =>
      (world) =>
        world.serviceAccount(one),
  ),
  fc.tuple(path, name).map(
    ([one, account]): Step =>
      (world) =>
        world.pod(one, { serviceAccount: account }),
  ),
  path.map(
    (one): Step =>
      (world) =>
        world.pod(one, { container: { securityContext: { privileged: true } } }),
  ),
  path.map(
    (one): Step =>
      (world) =>
        world.secret(one, {
          type: 'kubernetes.io/service-account-token',
          metadata: { annotations: { 'kubernetes.io/service-account.name': 'web' } },
        }),
  ),
  name.map(
    (one): Step =>
      (world) =>
        world.clusterRole(one, rule('*', '*', '*')),
  ),
  name.map(
    (one): Step =>
      (world) =>
        world.clusterRole(one, rule('get,escalate', '*', 'secrets,nodes/proxy,clusterroles')),
  ),
  fc.tuple(name, name, path).map(
    ([one, role, account]): Step =>
      (world) =>
        world.clusterRoleBinding(one, `ClusterRole/${role}`, sa(account)),
  ),
  fc.tuple(path, name, path).map(
    ([one, role, account]): Step =>
      (world) =>
        world.roleBinding(one, `ClusterRole/${role}`, sa(account)),
  ),
);
const steps = fc.uniqueArray(step, { minLength: 1, maxLength: 12 });

const worldOf = (parts: readonly Step[]) => parts.reduce((world, part) => part(world), cluster().namespace('a').node('n1'));
const found = (world: ClusterFixture) => findFindings(baseOf(world.inventory()));
const identities = (world: ClusterFixture) => found(world).flatMap(({ rows }) => rows.map(({ identity }) => identity));

describe('findings of any cluster', () => {
  test('are the same in whatever order the objects come', () => {
    fc.assert(
      fc.property(steps, (parts) => {
        const world = worldOf(parts);
        const backwards = cluster();
        for (const object of world.objects.toReversed()) backwards.add(object);
        // Of two objects with one name the later one counts, so only worlds without such are turned around.
        const names = world.objects.map(({ kind, metadata }) => JSON.stringify([kind, metadata]));
        fc.pre(new Set(names).size === names.length);
        expect(identities(backwards)).toEqual(identities(world));
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  test('keep their identity where unrelated things are added', () => {
    fc.assert(
      fc.property(steps, (parts) => {
        const before = identities(worldOf(parts)).filter((one) => !/^(?:unused|shared|namespace)/.test(one));
        const more = worldOf(parts)
          .namespace('unrelated')
          .serviceAccount('unrelated/x')
          .pod('unrelated/x', { serviceAccount: 'x', token: false });
        const after = new Set(identities(more));
        expect(before.filter((one) => !after.has(one))).toEqual([]);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  test('have evidence, a fix and patches that are YAML; twice is the same; no two rows share an identity', () => {
    fc.assert(
      fc.property(steps, (parts) => {
        const world = worldOf(parts);
        const all = found(world);
        expect(found(world).map(({ finding, count, rows }) => [finding.id, count, rows])).toEqual(
          all.map(({ finding, count, rows }) => [finding.id, count, rows]),
        );
        const rows = all.flatMap((one) => one.rows);
        expect(new Set(rows.map(({ identity }) => identity)).size).toBe(rows.length);
        for (const row of rows) {
          expect(row.evidence.length).toBeGreaterThan(0);
          expect(row.fix.says).not.toBe('');
          for (const { text } of row.fix.patches ?? []) expect(typeof parse(text)).toBe('object');
          expect(row.fix.lacks === undefined).toBe(row.fix.command !== undefined && row.fix.patches !== undefined);
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
