import { describe, expect, it } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import type { Graph } from '../graph/model.ts';
import { techniqueAt } from '../graph/read.ts';
import type { Change } from '../inventory/changes/change.ts';
import { type ClusterFixture, cluster, rule, sa, user } from '../inventory/testing/cluster.ts';
import { crownJewels } from './crown-jewels.ts';
import { diffWorlds } from './diff-worlds.ts';
import type { PairChanges, World } from './pair-changes.ts';
import { Walker } from './walk.ts';
import { hypotheticalWorld } from './what-if.ts';
import { workloadRisks } from './workloads.ts';

const base = (): ClusterFixture =>
  cluster()
    .clusterRole('cluster-admin', rule('*', '*', '*'))
    .clusterRole('reader', rule('get', '', 'secrets', 'token'))
    .node('n1')
    .secret('kube-system/token')
    .secret('a/own')
    .serviceAccount('a/bot')
    .serviceAccount('a/reader')
    .clusterRoleBinding('read', 'ClusterRole/reader', sa('a/reader'))
    .pod('a/web', { serviceAccount: 'bot' })
    .pod('a/read', { serviceAccount: 'reader' });

const worldOf = (graph: Graph, marked: readonly string[] = []): World => {
  const walker = new Walker(graph);
  const also = marked.flatMap((id) => graph.nodes.indexOf(id) ?? []);
  return { graph, walker, workloads: () => workloadRisks(graph, walker), jewels: crownJewels(graph, also) };
};

function diffOf(changes: readonly Change[], marked: readonly string[] = []) {
  const inventory = base().inventory();
  const graph = buildGraph(inventory);
  const changed = hypotheticalWorld({ inventory, graph }, changes).graph;
  return { diff: diffWorlds(worldOf(graph, marked), worldOf(changed, marked)), graph, changed };
}

const shown = ({ list }: PairChanges): string[] =>
  list.map(
    ({ id, severity, total, jewels }) =>
      `${id} ${severity} ${total}: ${jewels.map(({ id: jewel, before, after }) => `${jewel} ${before}-${after}`).join(', ')}`,
  );
const bind = (name: string, ...subjects: object[]): Change => ({
  change: 'apply',
  manifest: cluster().clusterRoleBinding(name, 'ClusterRole/cluster-admin', ...(subjects as Record<string, unknown>[])).objects[0],
});

describe('ways that open', () => {
  it('by a binding: workload first, with the shortest way in the changed world', () => {
    const { diff, changed } = diffOf([bind('oops', sa('a/bot'))]);
    expect(shown(diff.opened)).toEqual([
      'pod:a/web critical 3: cluster-admin:cluster 0-2, node:n1 0-2, secret:kube-system/token 0-2',
      'sa:a/bot critical 3: cluster-admin:cluster 0-2, node:n1 0-2, secret:kube-system/token 0-2',
    ]);
    expect(diff.opened.list[0]?.way.map((edge) => techniqueAt(changed, edge))).toEqual(['holds-token', 'cluster-admin']);
    expect([diff.opened.pairs, diff.opened.workloadPairs, diff.opened.bySeverity.critical, diff.opened.bySeverity.high]).toEqual([
      6, 3, 2, 4,
    ]);
    expect(diff.closed.pairs).toBe(0);
    expect(diff.workloads).toMatchObject({
      total: 2,
      changed: 1,
      list: [{ id: 'pod:a/web', before: { severity: 'low' }, after: { severity: 'critical' } }],
    });
  });

  it('to somebody whom no workload is', () => {
    const { diff } = diffOf([bind('oops', user('alice'))]);
    expect(diff.opened.list.map(({ id }) => id)).toEqual(['user:alice']);
    expect(diff.opened.workloadPairs).toBe(0);
  });

  it('for a workload that is new', () => {
    const manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'b', name: 'new' },
      spec: { hostPID: true, nodeName: 'n1', containers: [{ name: 'c', image: 'i', securityContext: { privileged: true } }] },
    };
    const { diff } = diffOf([{ change: 'apply', manifest }]);
    expect(diff.opened.list.map(({ id, severity }) => `${id} ${severity}`)).toContain('pod:b/new high');
    expect(diff.workloads.list.find(({ id }) => id === 'pod:b/new')?.before).toBeUndefined();
  });

  it('to what somebody has marked, which is nothing without the mark', () => {
    const change: Change = {
      change: 'apply',
      manifest: cluster().roleBinding('a/own', 'ClusterRole/own', sa('a/bot')).objects[0],
    };
    const role: Change = { change: 'apply', manifest: cluster().clusterRole('own', rule('get', '', 'secrets', 'own')).objects[0] };
    expect(diffOf([change, role]).diff.opened.pairs).toBe(0);
    expect(shown(diffOf([change, role], ['secret:a/own']).diff.opened)).toEqual([
      'pod:a/web high 1: secret:a/own 0-2',
      'sa:a/bot high 1: secret:a/own 0-2',
    ]);
  });
});

describe('ways that close', () => {
  it('told by the way that there was', () => {
    const { diff, graph } = diffOf([{ change: 'delete', target: { kind: 'ClusterRoleBinding', name: 'read' } }]);
    expect(shown(diff.closed)).toEqual([
      'pod:a/read high 1: secret:kube-system/token 2-0',
      'sa:a/reader high 1: secret:kube-system/token 2-0',
    ]);
    expect(diff.closed.list[0]?.way.map((edge) => techniqueAt(graph, edge))).toEqual(['holds-token', 'secret-read']);
    expect(diff.edges.closed.length).toBeGreaterThan(0);
    expect(diff.edges.opened).toEqual([]);
  });

  it('with a workload that is gone', () => {
    const { diff } = diffOf([{ change: 'delete', target: { kind: 'Pod', namespace: 'a', name: 'read' } }]);
    expect(shown(diff.closed)).toEqual(['pod:a/read high 1: secret:kube-system/token 2-0']);
    expect(diff.workloads.list).toMatchObject([{ id: 'pod:a/read', before: { severity: expect.any(String) } }]);
    expect(diff.workloads.list[0]?.after).toBeUndefined();
  });
});

it.each<[string, readonly Change[]]>([
  ['no changes', []],
  ['a manifest that says what is there', [{ change: 'apply', manifest: base().objects.find(({ kind }) => kind === 'ClusterRoleBinding') }]],
  ['a binding of nobody', [bind('empty')]],
  ['a secret that nobody reaches', [{ change: 'apply', manifest: cluster().secret('b/new').objects[0] }]],
  [
    'a secret of kube-system under a name that no rule names',
    [{ change: 'apply', manifest: cluster().secret('kube-system/other').objects[0] }],
  ],
])('opens and closes nothing: %s', (_name, changes) => {
  const { diff } = diffOf(changes);
  expect([diff.opened.pairs, diff.closed.pairs, diff.workloads.changed]).toEqual([0, 0, 0]);
});

it('refuses a change of a cut that closes nothing here', () => {
  expect(() => diffOf([{ change: 'keys', keys: ['trust of arn:aws:iam::1:role/none'] }])).toThrow('is no change that closes anything here');
});
