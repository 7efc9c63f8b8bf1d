import { describe, expect, it } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { type ClusterFixture, cluster } from '../inventory/testing/cluster.ts';
import { crownJewels, jewelSeverity } from './crown-jewels.ts';

function jewelsOf(fixture: ClusterFixture, ...marked: string[]): string[] {
  const graph = buildGraph(fixture.inventory());
  const found = crownJewels(
    graph,
    marked.map((id) => graph.nodes.indexOf(id) as number),
  );
  return found.map((node) => graph.nodes.ids[node] as string).sort();
}

const privileged = { container: { securityContext: { privileged: true } } };
const live = () => cluster().node('n1').secret('kube-system/ca').secret('shop/db').pod('shop/web', privileged);
const manifests = () => cluster().pod('shop/web', { ...privileged, node: '', metadata: { uid: undefined } });

describe('crown jewels', () => {
  it.each<[string, ClusterFixture, string[], string[]]>([
    ['cluster admin, nodes and secrets of kube-system', live(), [], ['cluster-admin:cluster', 'node:n1', 'secret:kube-system/ca']],
    [
      'and what somebody marks, once',
      live(),
      ['secret:shop/db', 'node:n1'],
      ['cluster-admin:cluster', 'node:n1', 'secret:kube-system/ca', 'secret:shop/db'],
    ],
    ['of plain manifests the node that stands for all', manifests(), [], ['all-nodes:*', 'cluster-admin:cluster']],
  ])('are %s', (_name, fixture, marked, expected) => {
    expect(jewelsOf(fixture, ...marked)).toEqual(expected);
  });

  it('are never less than high, and a step less where the way is conditional', () => {
    expect(jewelSeverity('cluster-admin', 'certain')).toBe('critical');
    expect(jewelSeverity('cluster-admin', 'conditional')).toBe('high');
    expect(jewelSeverity('secret', 'certain')).toBe('high');
    expect(jewelSeverity('node', 'conditional')).toBe('medium');
  });
});
