import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () =>
  cluster()
    .serviceAccount('a/bot')
    .serviceAccount('b/bot')
    .node('n1')
    .pod('a/web', { serviceAccount: 'bot' })
    .pod('b/web', { serviceAccount: 'bot' });
const STEER = rule('patch', '', 'nodes/status');

/** The account with rules in the whole cluster. */
const wide = (...rules: Record<string, unknown>[]) =>
  base()
    .clusterRole('r', ...rules)
    .clusterRoleBinding('rb', 'ClusterRole/r', sa('a/bot'));
/** The account with a rule in a namespace, and with one on nodes. */
const split = (right: Record<string, unknown>, namespace = 'b') =>
  wide(STEER).role(`${namespace}/r`, right).roleBinding(`${namespace}/rb`, 'Role/r', sa('a/bot'));

const ALL = ['sa:a/bot → all-pods:* (conditional)'];
const IN_B = ['sa:a/bot → all-pods:b (conditional)'];

describe('steal-pods', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['pods deleted and nodes closed', wide(STEER, rule('delete', '', 'pods')), ALL],
    ['pods deleted all at once', wide(STEER, rule('deletecollection', '', 'pods')), ALL],
    ['pods evicted', wide(STEER, rule('create', '', 'pods/eviction')), ALL],
    ['pods relabelled', wide(STEER, rule('patch', '', 'pods')), ALL],
    ['the status of pods', wide(STEER, rule('update', '', 'pods/status')), ALL],
    ['nodes deleted', wide(STEER, rule('delete', '', 'nodes')), ALL],
    ['nodes tainted, which does both', wide(rule('patch', '', 'nodes')), ALL],
    ['nodes updated', wide(rule('update', '', 'nodes')), ALL],
    ['everything', wide(rule('*', '*', '*')), ALL],
    ['pods of one namespace', split(rule('delete', '', 'pods')), IN_B],
    ['pods of one namespace, evicted', split(rule('create', '', 'pods/eviction')), IN_B],
    [
      'a group that holds both',
      base()
        .clusterRole('r', STEER, rule('delete', '', 'pods'))
        .clusterRoleBinding('rb', 'ClusterRole/r', group('ops')),
      ['group:ops → all-pods:* (conditional)'],
    ],
    [
      'one half of its own and one of a group that it is in',
      wide(STEER)
        .clusterRole('g', rule('delete', '', 'pods'))
        .clusterRoleBinding('gb', 'ClusterRole/g', group('system:serviceaccounts:a')),
      ALL,
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'steal-pods')).toEqual(edges);
  });

  const node = (name: string) =>
    base()
      .clusterRole('r', rule('*', '*', '*'))
      .clusterRoleBinding('rb', 'ClusterRole/r', user(name));
  it.each<[string, ClusterFixture]>([
    ['pods deleted alone', wide(rule('delete', '', 'pods'))],
    ['the status of nodes alone', wide(STEER)],
    ['nodes read', wide(rule('get,list,watch', '', 'nodes'), rule('delete', '', 'pods'))],
    ['nodes made', wide(rule('create', '', 'nodes'), rule('delete', '', 'pods'))],
    ['nodes by name', wide(rule('patch', '', 'nodes,nodes/status', 'n1'), rule('delete', '', 'pods'))],
    ['pods by name', wide(STEER, rule('delete', '', 'pods', 'web'))],
    ['another subresource of nodes', wide(rule('patch', '', 'nodes/proxy'), rule('delete', '', 'pods'))],
    ['another subresource of pods', wide(STEER, rule('create', '', 'pods/exec'))],
    ['pods of another API group', wide(STEER, rule('delete', 'metrics.k8s.io', 'pods'))],
    ['nodes of another API group', wide(rule('patch', 'metrics.k8s.io', 'nodes'), rule('delete', '', 'pods'))],
    ['the clause split over two rules', wide(rule('patch', '', 'pods/log'), rule('get', '', 'nodes'), rule('delete', '', 'pods'))],
    [
      'nodes by a RoleBinding, which gives none',
      base()
        .role('b/r', rule('patch', '', 'nodes,nodes/status'), rule('delete', '', 'pods'))
        .roleBinding('b/rb', 'Role/r', sa('a/bot')),
    ],
    [
      'two halves of two accounts',
      wide(STEER)
        .clusterRole('o', rule('delete', '', 'pods'))
        .clusterRoleBinding('ob', 'ClusterRole/o', sa('b/bot')),
    ],
    ['a binding whose role does not exist', base().clusterRoleBinding('rb', 'ClusterRole/ghost', sa('a/bot'))],
    ['a namespace without pods', split(rule('delete', '', 'pods'), 'empty')],
    ['a kubelet, which NodeRestriction keeps to its node', node('system:node:n1')],
    [
      'all kubelets',
      base()
        .clusterRole('r', rule('*', '*', '*'))
        .clusterRoleBinding('rb', 'ClusterRole/r', group('system:nodes')),
    ],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'steal-pods')).toEqual([]);
  });

  it('points at both halves, and each grant that gives one alone closes it', () => {
    const world = split(rule('delete', '', 'pods')).inventory();
    expect(evidenceOf(world, 'steal-pods')).toEqual([
      'RoleBinding b/rb /subjects/0',
      'Role b/r /rules/0',
      'ClusterRoleBinding rb /subjects/0',
      'ClusterRole r /rules/0',
    ]);
    expect(changesOfEdges(world, 'steal-pods')).toEqual([
      'sa:a/bot → all-pods:b: RoleBinding/b/rb/subjects/0, ClusterRoleBinding//rb/subjects/0',
    ]);
  });
});
