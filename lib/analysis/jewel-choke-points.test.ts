import { describe, expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { type ClusterFixture, cluster, rule, sa } from '../inventory/testing/cluster.ts';
import { crownJewels } from './crown-jewels.ts';
import { jewelChokePoints } from './jewel-choke-points.ts';
import { Walker } from './walk.ts';
import { podsByWorkload } from './workloads.ts';

const base = () =>
  cluster()
    .namespace('a')
    .namespace('kube-system')
    .serviceAccount('a/web')
    .serviceAccount('a/job')
    .secret('kube-system/ca')
    .secret('a/own')
    .node('n1')
    .node('n2');
const world = () =>
  base().pod('a/one', { serviceAccount: 'web' }).pod('a/two', { serviceAccount: 'web' }).pod('a/three', { serviceAccount: 'job' });
const reader = (one: ClusterFixture, name: string, account: string) =>
  one.role(`kube-system/${name}`, rule('get', '', 'secrets')).roleBinding(`kube-system/${name}`, `Role/${name}`, sa(account));

function answer(one: ClusterFixture, targets?: readonly string[]) {
  const graph = buildGraph(one.inventory());
  const jewels = targets?.map((id) => graph.nodes.indexOf(id) as number) ?? crownJewels(graph);
  const { pairs, changes } = jewelChokePoints(graph, new Walker(graph), {
    targets: jewels,
    workloads: [...podsByWorkload(graph).values()],
    most: 10,
  });
  return {
    jewels: jewels.map((node) => graph.nodes.ids[node]),
    pairs,
    changes: changes.map((one) => `${one.pairs} by ${one.relieved}: ${one.change}`),
  };
}

describe('crown jewels', () => {
  test('are cluster admin, nodes and the secrets of kube-system, and no others', () => {
    const admin = world()
      .clusterRole('r', rule('*', '*', '*'))
      .clusterRoleBinding('x', 'ClusterRole/r', sa('a/web'));
    expect(answer(admin).jewels.sort()).toEqual(['cluster-admin:cluster', 'node:n1', 'node:n2', 'secret:kube-system/ca']);
  });
});

describe('choke points over pairs of workload and jewel', () => {
  test.each<[string, ClusterFixture, number, readonly string[]]>([
    ['nothing reaches a jewel', world(), 0, []],
    [
      'one binding that two workloads use before one that one uses',
      reader(reader(world(), 'x', 'a/web'), 'y', 'a/job'),
      3,
      ['2 by 2: RoleBinding/kube-system/x/subjects/0', '1 by 1: RoleBinding/kube-system/y/subjects/0'],
    ],
  ])('%s', (_name, one, pairs, first) => {
    const found = answer(one);
    expect(found.pairs).toBe(pairs);
    for (const change of first) expect(found.changes).toContain(change);
    const counts = found.changes.map((change) => Number.parseInt(change, 10));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    if (first.length === 0) expect(found.changes).toEqual([]);
  });

  test('a change beside which a second way stays open counts for nothing', () => {
    const twice = reader(reader(world(), 'x', 'a/web'), 'y', 'a/web');
    expect(answer(twice).changes).toEqual([
      '2 by 2: automount of sa:a/web',
      '1 by 1: token: template of pod:a/one',
      '1 by 1: token: template of pod:a/two',
    ]);
  });

  test('pairs weigh, not workloads: one workload with cluster admin before two with a secret', () => {
    const one = reader(world(), 'x', 'a/web')
      .clusterRole('r', rule('*', '*', '*'))
      .clusterRoleBinding('y', 'ClusterRole/r', sa('a/job'));
    const found = answer(one);
    expect(found.pairs).toBe(6);
    expect(found.changes[0]).toMatch(/^4 by 1: /);
    expect(found.changes.join('\n')).toMatch(/2 by 2: RoleBinding\/kube-system\/x\/subjects\/0/);
  });

  test('of targets that are named, those alone', () => {
    expect(answer(reader(world(), 'x', 'a/web'), ['secret:a/own'])).toMatchObject({ pairs: 0, changes: [] });
    expect(answer(reader(world(), 'x', 'a/web'), ['secret:kube-system/ca']).pairs).toBe(2);
  });
});
