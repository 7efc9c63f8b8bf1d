import { describe, expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../inventory/testing/cluster.ts';
import { cuts } from './cuts.ts';
import { Walker } from './walk.ts';

const ADMIN = 'cluster-admin:cluster';
const WEB = 'pod:a/web';
const EVERYTHING = rule('*', '*', '*');

function cutOf(world: ClusterFixture, to = ADMIN, from: readonly string[] = [WEB]) {
  const graph = buildGraph(world.inventory());
  const node = (id: string): number => {
    const number = graph.nodes.indexOf(id);
    if (number === undefined) throw new Error(`no node ${id}`);
    return number;
  };
  const cut = cuts(graph, new Walker(graph), { from: from.map(node), to: [node(to)] });
  return { graph, cut };
}

const changesOf = (...question: Parameters<typeof cutOf>): readonly string[] => {
  const { cut } = cutOf(...question);
  if (!cut.separable) return ['not separable'];
  expect([cut.exact, cut.suffices]).toEqual([true, true]);
  return cut.changes.map(({ change }) => change);
};

const base = () => cluster().namespace('a').namespace('b').serviceAccount('a/web').secret('a/key').secret('b/key');
const web = (more: Parameters<ClusterFixture['pod']>[1] = {}) => base().pod('a/web', { serviceAccount: 'web', ...more });
const admin = (world: ClusterFixture, ...bindings: string[]) =>
  bindings
    .reduce((one, name) => one.clusterRoleBinding(name, 'ClusterRole/cluster-admin', sa('a/web')), world)
    .clusterRole('cluster-admin', EVERYTHING);
const reader = (world: ClusterFixture) => world.role('a/r', rule('get', '', 'secrets', 'key'));

describe('the smallest set of changes', () => {
  test.each<[string, ClusterFixture, string, readonly string[]]>([
    ['nothing leads there as it is', web(), 'secret:b/key', []],
    ['one binding: its subject', admin(web(), 'x'), ADMIN, ['ClusterRoleBinding//x/subjects/0']],
    [
      'two bindings of a default role: the token of its account, one change instead of two',
      admin(web(), 'x', 'y'),
      ADMIN,
      ['automount of sa:a/web'],
    ],
    [
      'a right by name in the namespace and in the cluster are one edge, which both bindings give',
      web()
        .role('a/r', rule('get', '', 'secrets', 'key'))
        .roleBinding('a/x', 'Role/r', sa('a/web'))
        .clusterRole('s', rule('get', '', 'secrets', 'key'))
        .clusterRoleBinding('y', 'ClusterRole/s', sa('a/web')),
      'secret:a/key',
      ['automount of sa:a/web'],
    ],
  ])('%s', (_name, world, to, expected) => {
    expect(changesOf(world, to)).toEqual(expected);
  });

  test('of an account: everything that gives the same right has to go', () => {
    const world = admin(web(), 'x', 'y');
    expect(changesOf(world, ADMIN, ['sa:a/web'])).toEqual(['ClusterRoleBinding//x/subjects/0', 'ClusterRoleBinding//y/subjects/0']);
  });

  test('of an account: a right by name that a namespace and the cluster give is closed in both', () => {
    const named = rule('get', '', 'secrets', 'key');
    const world = web()
      .role('a/r', named)
      .roleBinding('a/x', 'Role/r', sa('a/web'))
      .clusterRole('s', named)
      .clusterRoleBinding('y', 'ClusterRole/s', sa('a/web'));
    expect(changesOf(world, 'secret:a/key', ['sa:a/web'])).toEqual(['ClusterRoleBinding//y/subjects/0', 'RoleBinding/a/x/subjects/0']);
  });

  test('one rule instead of two bindings, where the role is no default of Kubernetes', () => {
    const world = reader(web()).roleBinding('a/x', 'Role/r', sa('a/web')).roleBinding('a/y', 'Role/r', sa('a/web'));
    expect(changesOf(world, 'secret:a/key', ['sa:a/web'])).toEqual(['Role/a/r/rules/0']);
  });

  test('deleting one binding instead of taking three accounts out of it', () => {
    const world = ['one', 'two', 'three'].reduce((one, name) => one.serviceAccount(`a/${name}`), base());
    const bound = world
      .clusterRole('cluster-admin', EVERYTHING)
      .clusterRoleBinding('x', 'ClusterRole/cluster-admin', sa('a/one'), sa('a/two'), sa('a/three'));
    expect(changesOf(bound, ADMIN, ['sa:a/one', 'sa:a/two', 'sa:a/three'])).toEqual(['delete ClusterRoleBinding//x']);
    expect(changesOf(bound, ADMIN, ['sa:a/one', 'sa:a/three'])).toEqual(['delete ClusterRoleBinding//x']);
    expect(changesOf(bound, ADMIN, ['sa:a/two'])).toEqual(['ClusterRoleBinding//x/subjects/1']);
  });

  test('of equally many, what takes nothing from others: the token of one template, and not the account that another one uses', () => {
    const world = admin(web().pod('a/other', { serviceAccount: 'web' }), 'x');
    const { cut } = cutOf(world);
    expect(cut).toMatchObject({ separable: true, changes: [{ change: 'token: template of pod:a/web', workloads: 1, otherWorkloads: 0 }] });
    expect(changesOf(world, ADMIN, [WEB, 'pod:a/other'])).toEqual(['ClusterRoleBinding//x/subjects/0']);
  });

  test('people who would lose something count as others do', () => {
    const world = web()
      .clusterRole('ops', EVERYTHING)
      .clusterRoleBinding('x', 'ClusterRole/ops', sa('a/web'))
      .clusterRoleBinding('y', 'ClusterRole/ops', user('alice'), group('team'));
    expect(changesOf(world, ADMIN, ['sa:a/web'])).toEqual(['ClusterRoleBinding//x/subjects/0']);
  });
});

describe('what a change takes', () => {
  test('says who loses what, with the command of the change itself', () => {
    const world = admin(web().pod('a/other', { serviceAccount: 'web' }), 'x');
    const { graph, cut } = cutOf(world, ADMIN, ['sa:a/web']);
    if (!cut.separable) throw new Error('separable');
    const [change] = cut.changes;
    expect(change).toMatchObject({ losers: 1, workloads: 2, otherWorkloads: 0 });
    expect(change?.losses[0]).toMatchObject({
      node: graph.nodes.indexOf('sa:a/web'),
      techniques: expect.arrayContaining(['cluster-admin', 'secret-read']),
    });
    expect(change?.fix).toMatchObject({
      says: 'take ServiceAccount a/web out of ClusterRoleBinding x',
      command: expect.stringMatching(/^kubectl patch clusterrolebinding x --type=json -p '\[\{"op":"test"/),
    });
  });

  test('of others: how many workloads act as the same account and are no source, and which', () => {
    const pods = Array.from({ length: 12 }, (_, place) => `a/other-${place}`);
    const world = pods.reduce((one, name) => one.pod(name, { serviceAccount: 'web' }), web());
    const bound = world.clusterRole('r', rule('get', '', 'secrets')).clusterRoleBinding('x', 'ClusterRole/r', sa('a/web'));
    const { graph, cut } = cutOf(bound, 'secret:b/key', [WEB]);
    expect(cut).toMatchObject({ separable: true, changes: [{ change: 'token: template of pod:a/web', otherWorkloads: 0 }] });
    const far = cutOf(bound, 'secret:b/key', [WEB, 'pod:a/other-1', 'pod:a/other-2']);
    if (!far.cut.separable) throw new Error('separable');
    expect(far.cut.changes).toMatchObject([{ change: 'ClusterRoleBinding//x/subjects/0', workloads: 13, otherWorkloads: 10 }]);
    expect(far.cut.changes[0]?.otherWorkloadNodes.map((node) => graph.nodes.ids[node])).toHaveLength(10);
  });

  test('commands that take subjects out by their place come last place first', () => {
    const accounts = Array.from({ length: 11 }, (_, place) => `a/n${place}`);
    const world = accounts
      .reduce((one, name) => one.serviceAccount(name), base())
      .clusterRole('cluster-admin', EVERYTHING)
      .clusterRoleBinding('x', 'ClusterRole/cluster-admin', ...accounts.map(sa))
      .clusterRoleBinding('y', 'ClusterRole/cluster-admin', sa('a/n10'));
    // The binding of all is deleted and the other one loses its subject; deleting takes the place of eleven commands.
    expect(
      changesOf(
        world,
        ADMIN,
        accounts.map((name) => `sa:${name}`),
      ),
    ).toEqual(['ClusterRoleBinding//y/subjects/0', 'delete ClusterRoleBinding//x']);
    const twice = base()
      .clusterRole('cluster-admin', EVERYTHING)
      .serviceAccount('a/one')
      .clusterRoleBinding(
        'x',
        'ClusterRole/cluster-admin',
        sa('a/one'),
        ...Array.from({ length: 9 }, (_, place) => user(`u${place}`)),
        sa('a/one'),
      );
    expect(changesOf(twice, ADMIN, ['sa:a/one'])).toEqual(['delete ClusterRoleBinding//x']);
  });
});

describe('what no change separates', () => {
  test.each<[string, ClusterFixture, string, readonly string[]]>([
    ['a source that is a target', web(), WEB, []],
    ['a node and the pods on it', web().node('n1'), WEB, ['node:n1']],
  ])('%s', (_name, world, to, from) => {
    const { graph, cut } = cutOf(world, to, from.length === 0 ? [WEB] : from);
    expect(cut.separable).toBe(false);
    if (cut.separable) return;
    expect(cut.open.map((edge) => graph.nodes.ids[graph.edges.from[edge] as number])).toEqual(from);
  });
});
