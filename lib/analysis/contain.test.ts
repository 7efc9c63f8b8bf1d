import { describe, expect, it } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { type ClusterFixture, cluster, rule, sa } from '../inventory/testing/cluster.ts';
import { contain } from './contain.ts';
import { crownJewels } from './crown-jewels.ts';
import { Walker } from './walk.ts';

const world = (): ClusterFixture =>
  cluster()
    .clusterRole('admin-of-all', rule('*', '*', '*'))
    .clusterRole('reader', rule('get', '', 'secrets', 'token'))
    .node('n1')
    .secret('kube-system/token')
    .serviceAccount('a/bot')
    .clusterRoleBinding('read', 'ClusterRole/reader', sa('a/bot'))
    .pod('a/web', { serviceAccount: 'bot' })
    .pod('a/still');

function containment(fixture: ClusterFixture, from: string, to?: readonly string[]) {
  const graph = buildGraph(fixture.inventory());
  const numbers = (ids: readonly string[]): number[] => ids.map((id) => graph.nodes.indexOf(id) as number);
  const found = contain(graph, new Walker(graph), { from: numbers([from]), to: to === undefined ? crownJewels(graph) : numbers(to) });
  return {
    ...found,
    changes: found.cut.changes.map(({ change }) => change),
    stays: found.inseparable.map(({ target }) => graph.nodes.ids[target]),
  };
}

describe('contain', () => {
  it('cuts every jewel with one change where one does it, and says what is left', () => {
    const found = containment(world().clusterRoleBinding('all', 'ClusterRole/admin-of-all', sa('a/bot')), 'pod:a/web');
    expect(found).toMatchObject({ reached: 3, stays: [], cut: { exact: true, suffices: true } });
    expect(found.changes).toHaveLength(1);
    expect(found.remains.severity).not.toBe('critical');
  });

  it('has nothing to do where nothing is reached', () => {
    expect(containment(world(), 'pod:a/still')).toMatchObject({ reached: 0, stays: [], changes: [], cut: { exact: true, suffices: true } });
  });

  it('leaves out a target that is the source, and cuts the others', () => {
    const found = containment(world(), 'pod:a/web', ['pod:a/web', 'secret:kube-system/token']);
    expect(found).toMatchObject({ targets: 1, reached: 1, stays: [] });
    expect(found.changes).toHaveLength(1);
  });

  it('names what no change keeps apart with its way, and cuts the rest', () => {
    const found = containment(world(), 'node:n1', ['pod:a/web', 'secret:kube-system/token']);
    expect(found.reached).toBe(2);
    expect(found.stays).toContain('pod:a/web');
    expect(found.inseparable.find(({ way }) => way.length === 0)).toBeUndefined();
    expect(found.stays.length + (found.changes.length > 0 ? 1 : 0)).toBe(2);
  });
});
