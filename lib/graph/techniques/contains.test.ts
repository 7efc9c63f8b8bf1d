import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () =>
  cluster().serviceAccount('a/bot').serviceAccount('b/bot').secret('a/db').node('n1').pod('a/web', { serviceAccount: 'bot' });
/** Edges that start at one of these, without the rest of the graph's. */
const from = (world: ClusterFixture, ...starts: string[]) =>
  edgesOf(world.inventory(), 'contains').filter((line) => starts.includes(line.slice(0, line.indexOf(' → '))));
const exec = (namespace: string) =>
  base()
    .role(`${namespace}/r`, rule('create', '', 'pods/exec'))
    .roleBinding(`${namespace}/rb`, 'Role/r', sa('b/bot'));

describe('contains', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the namespaces of all pods', base().pod('b/db'), ['all-pods:* → all-pods:a', 'all-pods:* → all-pods:b']],
    ['the pods of a namespace', exec('a').pod('a/web2'), ['all-pods:a → pod:a/web', 'all-pods:a → pod:a/web2']],
    ['the secrets of a namespace', base().secret('a/key'), ['all-secrets:a → secret:a/db', 'all-secrets:a → secret:a/key']],
    ['the accounts of each namespace', base(), ['all-service-accounts:a → sa:a/bot', 'all-service-accounts:b → sa:b/bot']],
    [
      'an account that only a binding names, if it comes to exist; but `default` is everywhere',
      base().clusterRoleBinding('g', 'ClusterRole/view', sa('a/ghost'), sa('a/default')),
      ['bot', 'default', 'ghost (conditional)'].map((name) => `all-service-accounts:a → sa:a/${name}`),
    ],
    ['the nodes', base().node('n2'), ['all-nodes:* → node:n1', 'all-nodes:* → node:n2']],
    ['a node that was not read but has a pod', base().pod('a/far', { node: 'far' }), ['all-nodes:* → node:far', 'all-nodes:* → node:n1']],
    [
      'a group that a binding names, beside those that are always there',
      base().clusterRoleBinding('rb', 'ClusterRole/r', group('devs')),
      [
        'devs',
        ...['authenticated', 'masters', 'nodes', 'serviceaccounts', 'serviceaccounts:a', 'serviceaccounts:b'].map(
          (name) => `system:${name}`,
        ),
      ].map((name) => `all-groups:* → group:${name}`),
    ],
    [
      'all kinds, for who is administrator',
      base(),
      ['pods', 'secrets', 'service-accounts', 'nodes', 'users', 'groups'].map((kind) => `cluster-admin:cluster → all-${kind}:*`),
    ],
    [
      'the kinds of a namespace, for its administrator',
      base()
        .roleBinding('a/rb', 'ClusterRole/admin', sa('b/bot'))
        .clusterRole('admin', rule('*', '*', '*')),
      ['pods', 'secrets', 'service-accounts'].map((kind) => `namespace-admin:a → all-${kind}:a`),
    ],
    ['a namespace with an unlucky name', base().secret('constructor/x'), ['all-secrets:constructor → secret:constructor/x']],
  ])('finds %s', (_name, world, edges) => {
    const starts = new Set(edges.map((line) => line.slice(0, line.indexOf(' → '))));
    expect(from(world, ...starts)).toEqual([...edges].sort());
  });

  it.each<[string, ClusterFixture, string]>([
    ['pods that have ended', base().pod('a/done', { phase: 'Succeeded' }), 'pod:a/done'],
    ['pods that failed', base().pod('a/done', { phase: 'Failed' }), 'pod:a/done'],
    ['a namespace that has no pod', base().namespace('empty'), 'all-pods:empty'],
    ['a namespace that has no secret', base(), 'all-secrets:b'],
    ['a workload', base().workload('Deployment', 'a/web'), 'workload:a/deployment/web'],
    ['a role', base().role('a/r'), 'role:a/r'],
    ['the pods of a namespace whose only pod has ended', cluster().pod('a/done', { phase: 'Succeeded' }), 'all-pods:a'],
    [
      'the administrator of a namespace',
      base()
        .roleBinding('a/rb', 'ClusterRole/admin', sa('b/bot'))
        .clusterRole('admin', rule('*', '*', '*')),
      'namespace-admin:a',
    ],
    ["the cluster's administrator", base(), 'cluster-admin:cluster'],
    ["another namespace's secrets in a namespace", base(), 'secret:b/db'],
  ])('stays silent: nothing contains %s', (_name, world, target) => {
    const targets = edgesOf(world.inventory(), 'contains').map((line) => line.slice(line.indexOf(' → ') + 3));
    expect(targets.length).toBeGreaterThan(0);
    expect(targets).not.toContain(target);
  });

  it('puts each object below its own namespace and no other', () => {
    const lines = edgesOf(base().pod('b/web').inventory(), 'contains').filter((line) => / → (pod|secret|sa):/.test(line));
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(line).toMatch(/^all-[a-z-]+:(\w+) → \w+:\1\//);
  });

  it('points at what says where the object lies', () => {
    const evidence = evidenceOf(base().inventory(), 'contains');
    expect(evidence).toEqual(
      expect.arrayContaining([
        'Cluster cluster ',
        'Namespace a /metadata/name',
        'Pod a/web /metadata/namespace',
        'Secret a/db /metadata/namespace',
        'Node n1 /metadata/name',
      ]),
    );
  });
});
