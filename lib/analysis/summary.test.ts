import { describe, expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { type ClusterFixture, cluster, rule, sa } from '../inventory/testing/cluster.ts';
import { summarise } from './summary.ts';
import { Walker } from './walk.ts';

const POD = 'pod:a/web';
const secretVolume = (name: string) => ({
  volumes: [{ name: 's', secret: { secretName: name } }],
  mounts: [{ name: 's', mountPath: '/s' }],
});
const base = () => cluster().namespace('a').serviceAccount('a/web').secret('a/own').secret('a/other');
const withRule = (one: Record<string, unknown>, clusterWide = false) => {
  const world = base().pod('a/web', { serviceAccount: 'web' });
  return clusterWide
    ? world.clusterRole('r', one).clusterRoleBinding('b', 'ClusterRole/r', sa('a/web'))
    : world.role('a/r', one).roleBinding('a/b', 'Role/r', sa('a/web'));
};

function summaryOf(world: ClusterFixture) {
  const graph = buildGraph(world.inventory());
  return summarise(graph, new Walker(graph).walk([graph.nodes.indexOf(POD) as number]));
}

describe('the severity and the verdict of what a pod reaches', () => {
  test.each([
    ['nothing', base().pod('a/web', { token: false }), 'none', 'nothing beyond itself'],
    ['its own identity', base().pod('a/web', { serviceAccount: 'web' }), 'low', '1 service account'],
    ['a secret that it mounts', base().pod('a/web', { token: false, ...secretVolume('own') }), 'low', '1 secret'],
    ['secrets that are not its own', withRule(rule('list', '', 'secrets')), 'medium', '2 secrets, 1 service account'],
    ['a namespace', withRule(rule('*', '*', '*')), 'high', '1 node (conditional), 1 whole namespace, 2 secrets, 1 service account'],
    ['the cluster', withRule(rule('*', '*', '*'), true), 'critical', 'cluster admin in 2 hops, 1 node, 2 secrets'],
    ['a node', base().pod('a/web', { token: false, container: { securityContext: { privileged: true } } }), 'high', '1 node'],
    [
      'a node and the account of a pod there that has a token',
      base().pod('a/web', { container: { securityContext: { privileged: true } } }),
      'high',
      '1 node, 1 service account',
    ],
  ])('%s', (_name, world, severity, verdict) => {
    const summary = summaryOf(world);
    expect([summary.severity, summary.verdict]).toEqual([severity, verdict]);
  });

  test('what is only conditional is said to be, and weighs a step less', () => {
    const { severity, verdict, groups } = summaryOf(
      base().pod('a/web', { token: false, container: { securityContext: { capabilities: { add: ['SYS_ADMIN'] } } } }),
    );
    expect([severity, verdict]).toEqual(['medium', expect.stringContaining('1 node (conditional)')]);
    expect(groups.find(({ group }) => group === 'nodes')).toMatchObject({ total: 1, certain: 0, minHops: 1 });
  });
});
