import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { NodeTableBuilder } from '../table-builder.ts';
import { wideWorlds } from '../testing/wide-worlds.ts';
import { factsOf } from './facts.ts';
import { holdsAnyOf } from './right-holders.ts';
import { type AnyOf, holdings } from './rights.ts';

const EXEC: AnyOf = [{ verbs: ['create', 'get'], apiGroup: '', resource: 'pods', subresource: 'exec' }];
const SECRETS: AnyOf = [{ verbs: ['get'], apiGroup: '', resource: 'secrets' }];

function holders(fixture: ClusterFixture, rights: AnyOf): string[] {
  const nodes = new NodeTableBuilder();
  return factsOf(fixture.inventory(), nodes)
    .holders.of(rights)
    .map(({ node }) => nodes.ids[node] as string);
}

const bound = (...rules: ReturnType<typeof rule>[]): ClusterFixture =>
  cluster()
    .clusterRole('r', ...rules)
    .roleBinding('a/r', 'ClusterRole/r', sa('a/bot'), user('alice'));

describe('RightHolders', () => {
  test.each([
    ['the resource with its subresource', bound(rule('create', '', 'pods/exec')), EXEC],
    ['the subresource of everything', bound(rule('create', '', '*/exec')), EXEC],
    ['everything', bound(rule('*', '*', '*')), EXEC],
    ['the second of two rights', bound(rule('get', '', 'secrets')), [...EXEC, ...SECRETS]],
    ['named objects alone', bound(rule('get', '', 'secrets', 'db')), SECRETS],
    [
      'two roles, once',
      bound(rule('get', '', 'secrets'))
        .clusterRole('s', rule('get', '', 'secrets'))
        .roleBinding('a/s', 'ClusterRole/s', sa('a/bot')),
      SECRETS,
    ],
  ])('finds who holds %s, in the order of the subjects', (_name, fixture, rights) => {
    expect(holders(fixture, rights)).toEqual(['user:alice', 'sa:a/bot']);
  });

  test.each([
    ['another subresource', bound(rule('create', '', 'pods/log')), EXEC],
    ['the resource without its subresource', bound(rule('create', '', 'pods')), EXEC],
    ['a subresource of the resource', bound(rule('get', '', 'secrets/exec')), SECRETS],
    ['`pods/*`, which is no wildcard', bound(rule('create', '', 'pods/*')), EXEC],
    ['another verb', bound(rule('delete', '', 'pods/exec')), EXEC],
    ['another group', bound(rule('create', 'apps', 'pods/exec')), EXEC],
    ['a role that is not there', cluster().roleBinding('a/r', 'ClusterRole/r', sa('a/bot')), EXEC],
    ['a role that nobody has', cluster().clusterRole('r', rule('*', '*', '*')), EXEC],
    ['nothing', bound(), EXEC],
  ])('stays silent for %s', (_name, fixture, rights) => {
    expect(holders(fixture, rights)).toEqual([]);
  });

  test('a group holds for itself, and its members by it', () => {
    const nodes = new NodeTableBuilder();
    const fixture = cluster()
      .serviceAccount('a/bot')
      .serviceAccount('b/bot')
      .clusterRole('r', rule('get', '', 'secrets'))
      .clusterRoleBinding('r', 'ClusterRole/r', group('system:serviceaccounts:a'));
    const facts = factsOf(fixture.inventory(), nodes);
    const idOf = ({ node }: { node: number }): string => nodes.ids[node] as string;
    expect(facts.holders.of(SECRETS).map(idOf)).toEqual(['group:system:serviceaccounts:a']);
    const holds = holdsAnyOf(facts.subjects.rbac, [EXEC, SECRETS]);
    expect(facts.subjects.all.filter(holds).map(idOf)).toEqual(['sa:a/bot', 'group:system:serviceaccounts:a']);
    expect(facts.subjects.all.filter(holdsAnyOf(facts.subjects.rbac, [EXEC]))).toEqual([]);
  });

  test('says what asking every subject says', () => {
    const rights = fc.constantFrom<AnyOf>(
      EXEC,
      SECRETS,
      [...EXEC, ...SECRETS],
      [{ verbs: ['update', 'patch'], apiGroup: 'rbac.authorization.k8s.io', resource: 'roles' }],
      [{ verbs: ['create'], apiGroup: '', resource: 'pods' }],
    );
    fc.assert(
      fc.property(wideWorlds, rights, (objects, asked) => {
        const fixture = cluster();
        for (const object of objects) fixture.add(object);
        const { subjects, holders: index } = factsOf(fixture.inventory(), new NodeTableBuilder());
        expect(index.of(asked)).toEqual(subjects.all.filter(({ own }) => holdings(own, asked).length > 0));
      }),
      { numRuns: 60, seed: 11 },
    );
  });
});
