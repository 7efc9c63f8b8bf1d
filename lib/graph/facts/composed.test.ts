import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../../inventory/testing/cluster.ts';
import { NodeTableBuilder } from '../table-builder.ts';
import { eachComposed, type Names, type Need } from './composed.ts';
import { factsOf } from './facts.ts';

const WRITE: Need = { rights: [{ verbs: ['patch'], apiGroup: '', resource: 'secrets' }], names: 'chosen' };
const READ: Need = { rights: [{ verbs: ['get'], apiGroup: '', resource: 'configmaps' }], names: 'chosen' };
const NEEDS = [WRITE, READ];

/** Who holds all needs: `ID SCOPE NAME`, with `cluster` and `any` for what is empty. */
function found(fixture: ClusterFixture, needs: readonly Need[] = NEEDS, names: Names = {}): string[] {
  const nodes = new NodeTableBuilder();
  const facts = factsOf(fixture.inventory(), nodes);
  const lines: string[] = [];
  eachComposed(facts, needs, ({ node }, { scope, name }) => lines.push(`${nodes.ids[node]} ${scope || 'cluster'} ${name ?? 'any'}`), names);
  return lines.sort();
}

/** Roles that give each part of the first edge. */
function rolesBehind(fixture: ClusterFixture): string[][] {
  const facts = factsOf(fixture.inventory(), new NodeTableBuilder());
  const all: string[][][] = [];
  eachComposed(facts, NEEDS, (_subject, { parts }) =>
    all.push(parts.map(({ by }) => [...new Set(by.map(({ grant }) => grant.role?.name ?? ''))])),
  );
  return all[0] ?? [];
}

const world = (): ClusterFixture => cluster().namespace('a').namespace('b').serviceAccount('a/bot').serviceAccount('b/bot');
const P = (names?: string) => rule('patch', '', 'secrets', names);
const G = (names?: string) => rule('get', '', 'configmaps', names);
const inNamespace = (fixture: ClusterFixture, namespace: string, role: string, ...rules: ReturnType<typeof rule>[]): ClusterFixture =>
  fixture.role(`${namespace}/${role}`, ...rules).roleBinding(`${namespace}/${role}`, `Role/${role}`, sa('a/bot'));
const everywhere = (fixture: ClusterFixture, role: string, ...rules: ReturnType<typeof rule>[]): ClusterFixture =>
  fixture.clusterRole(role, ...rules).clusterRoleBinding(role, `ClusterRole/${role}`, sa('a/bot'));

describe('eachComposed', () => {
  test.each([
    ['both in one namespace', inNamespace(world(), 'a', 'r', P(), G()), ['sa:a/bot a any']],
    ['both across the cluster', everywhere(world(), 'r', P(), G()), ['sa:a/bot cluster any']],
    ['one across the cluster, one in a namespace', inNamespace(everywhere(world(), 'r', P()), 'b', 's', G()), ['sa:a/bot b any']],
    ['in different namespaces', inNamespace(inNamespace(world(), 'a', 'r', P()), 'b', 's', G()), []],
    ['on the same name', inNamespace(world(), 'a', 'r', P('x,y'), G('y,z')), ['sa:a/bot a y']],
    ['on different names', inNamespace(world(), 'a', 'r', P('x'), G('z')), []],
    ['on a name across the cluster, on any in a namespace', inNamespace(everywhere(world(), 'r', P('x')), 'a', 's', G()), ['sa:a/bot a x']],
    ['any name makes single names needless', inNamespace(world(), 'a', 'r', P(), P('x'), G()), ['sa:a/bot a any']],
    ['only one of them', inNamespace(world(), 'a', 'r', P()), []],
    [
      'one of its own in a namespace, the other by a group in several: there alone',
      inNamespace(world(), 'b', 'r', P())
        .clusterRole('g', G())
        .roleBinding('a/g', 'ClusterRole/g', group('system:authenticated'))
        .roleBinding('b/g', 'ClusterRole/g', group('system:authenticated')),
      ['sa:a/bot b any'],
    ],
    [
      'one of its own across the cluster, the other by a group in several: in each of those',
      everywhere(world(), 'r', P())
        .clusterRole('g', G())
        .roleBinding('a/g', 'ClusterRole/g', group('system:authenticated'))
        .roleBinding('b/g', 'ClusterRole/g', group('system:authenticated')),
      ['sa:a/bot a any', 'sa:a/bot b any'],
    ],
    [
      'both by one group: told of the group',
      world().role('a/r', P(), G()).roleBinding('a/r', 'Role/r', group('system:serviceaccounts:a')),
      ['group:system:serviceaccounts:a a any'],
    ],
    [
      'by two groups: told of those who are in both',
      world()
        .role('a/r', P())
        .roleBinding('a/r', 'Role/r', group('system:serviceaccounts:b'))
        .role('a/s', G())
        .roleBinding('a/s', 'Role/s', group('system:serviceaccounts')),
      ['sa:b/bot a any'],
    ],
    [
      'by two groups, of one that has rights of its own which do not matter',
      inNamespace(world(), 'b', 'x', rule('get', '', 'pods'))
        .role('a/r', P())
        .roleBinding('a/r', 'Role/r', group('system:serviceaccounts:a'))
        .role('a/s', G())
        .roleBinding('a/s', 'Role/s', group('system:authenticated')),
      ['sa:a/bot a any'],
    ],
  ] as const)('%s', (_name, fixture, lines) => expect(found(fixture)).toEqual(lines));

  test('names that are of no use are left out', () => {
    const fixture = inNamespace(world(), 'a', 'r', P('x,y'), G('x,y'));
    expect(found(fixture, NEEDS, { usable: (name, scope) => name === 'y' && scope === 'a' })).toEqual(['sa:a/bot a y']);
    expect(found(fixture, NEEDS, { usable: () => false })).toEqual([]);
  });

  test('where the gain differs by name, each is told beside any name', () => {
    const fixture = inNamespace(world(), 'a', 'r', P(), P('x'), G('x,y'), G());
    expect(found(fixture)).toEqual(['sa:a/bot a any']);
    expect(found(fixture, NEEDS, { each: true })).toEqual(['sa:a/bot a any', 'sa:a/bot a x', 'sa:a/bot a y']);
  });

  test('what a name gives as well has to go with the rest', () => {
    const fixture = inNamespace(inNamespace(world(), 'a', 'r', P(), G()), 'a', 's', G('x'));
    expect(rolesBehind(fixture)).toEqual([['r'], ['r', 's']]);
    expect(rolesBehind(inNamespace(inNamespace(world(), 'a', 'r', P()), 'a', 's', G('x,y')))).toEqual([['r'], ['s']]);
  });

  test('what two groups give together stays when the one that gives all of it goes', () => {
    const fixture = world()
      .role('a/all', P(), G())
      .roleBinding('a/all', 'Role/all', group('system:authenticated'))
      .role('a/r', P())
      .roleBinding('a/r', 'Role/r', group('system:serviceaccounts:b'))
      .role('a/s', G())
      .roleBinding('a/s', 'Role/s', group('system:serviceaccounts'));
    expect(found(fixture)).toEqual(['group:system:authenticated a any', 'sa:b/bot a any']);
  });

  test('names that a need lists count, others do not', () => {
    const listed: readonly Need[] = [{ ...WRITE, names: ['x'] }, READ];
    expect(found(inNamespace(world(), 'a', 'r', P('x'), G()), listed)).toEqual(['sa:a/bot a any']);
    expect(found(inNamespace(world(), 'a', 'r', P('y'), G()), listed)).toEqual([]);
  });

  test('what lies in no namespace counts only across the cluster', () => {
    const wide: readonly Need[] = [{ ...WRITE, clusterWide: true }, READ];
    expect(found(inNamespace(world(), 'a', 'r', P(), G()), wide)).toEqual([]);
    expect(found(inNamespace(everywhere(world(), 'r', P()), 'a', 's', G()), wide)).toEqual(['sa:a/bot a any']);
  });
});
