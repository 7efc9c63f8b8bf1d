import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { DEFAULT_CLUSTER_ROLES } from './default-roles.ts';
import type { Role } from './kubernetes.ts';
import { cluster, rule, sa } from './testing/cluster.ts';

type Json = Record<string, unknown>;

const bound = (role: string) => cluster().serviceAccount('a/bot').clusterRoleBinding('b', `ClusterRole/${role}`, sa('a/bot'));
const names = (fixture: ReturnType<typeof cluster>): string[] =>
  fixture.inventory().kubernetes.roles.map(({ kind, name }) => `${kind}/${name}`);

describe('roles that every cluster has', () => {
  test.each<[string, ReturnType<typeof cluster>, string[]]>([
    ['bound cluster-wide', bound('cluster-admin'), ['ClusterRole/cluster-admin']],
    ['bound in a namespace', cluster().roleBinding('a/b', 'ClusterRole/edit', sa('a/bot')), ['ClusterRole/edit']],
    ['beside roles of the manifests', bound('view').clusterRole('own', rule('get', '', 'pods')), ['ClusterRole/own', 'ClusterRole/view']],
  ])('are added to plain manifests: %s', (_name, fixture, expected) => {
    expect(names(fixture)).toEqual(expected);
  });

  test.each<[string, ReturnType<typeof cluster>, string[]]>([
    ['that nobody binds', cluster().serviceAccount('a/bot'), []],
    ['of another name', bound('cluster-admins'), []],
    ['of the kind Role', cluster().roleBinding('a/b', 'Role/admin', sa('a/bot')), []],
    [
      'that a binding of an API server names, whose roles were not read',
      cluster().add({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'b', uid: 'u' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
      }),
      [],
    ],
    ['that the manifests hold', bound('view').clusterRole('view', rule('get', '', 'pods')), ['ClusterRole/view']],
    [
      'where an API server was asked, which says itself what there is',
      bound('cluster-admin').add({
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'own', uid: 'u' },
        rules: [],
      }),
      ['ClusterRole/own'],
    ],
  ])('are not added: %s', (_name, fixture, expected) => {
    expect(names(fixture)).toEqual(expected);
  });

  it('are those of the API server', () => {
    const file = join(import.meta.dirname, '../graph/testdata/stock-cluster/world/clusterroles.json');
    expect(existsSync(file)).toBe(true);
    const { items } = JSON.parse(readFileSync(file, 'utf8')) as { items: (Json & { metadata: { name: string }; rules: Json[] })[] };
    const sorted = (rules: readonly Partial<Role['rules'][number]>[]): string[] =>
      rules.map(({ verbs = [], apiGroups = [], resources = [], nonResourceURLs = [] }) =>
        JSON.stringify([verbs, apiGroups, resources, nonResourceURLs]),
      );
    for (const [name, rules] of DEFAULT_CLUSTER_ROLES)
      expect(sorted(rules), name).toEqual(sorted(items.find(({ metadata }) => metadata.name === name)?.rules ?? []));
  });
});
