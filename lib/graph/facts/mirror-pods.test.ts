import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { allEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const OWNED = { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n1', controller: true }] } };
const ANNOTATED = { metadata: { annotations: { 'kubernetes.io/config.mirror': 'd0123' } } };

/** Namespace a has a pod and the mirrors of two static ones, b a pod, s mirrors alone. */
const world = (): ClusterFixture =>
  cluster()
    .serviceAccount('a/bot')
    .pod('a/web')
    .pod('a/kube-apiserver-n1', OWNED)
    .pod('a/etcd-n1', ANNOTATED)
    .pod('b/web')
    .pod('s/kube-apiserver-n1', OWNED);

describe.each([
  ['pod-patch', 'pods'],
  ['ephemeral-container', 'pods/ephemeralcontainers'],
] as const)('%s and static pods', (technique, resource) => {
  const held = (namespace: string, names?: string): ClusterFixture =>
    world()
      .role(`${namespace}/r`, rule('patch', '', resource, names))
      .roleBinding(`${namespace}/rb`, 'Role/r', sa('a/bot'));
  const toPods = (fixture: ClusterFixture): string[] => edgesOf(fixture.inventory(), technique).filter((edge) => edge.includes('pod'));
  const members = (fixture: ClusterFixture, set: string): (string | undefined)[] =>
    allEdges(buildGraph(fixture.inventory()))
      .filter((line) => line.startsWith(`contains  ${set} → `))
      .map((line) => line.split('  ')[1]);

  test('in a namespace with mirror pods it reaches the others alone', () => {
    expect(toPods(held('a'))).toEqual(['sa:a/bot → all-pods:a/not-static']);
    expect(members(held('a'), 'all-pods:a/not-static')).toEqual(['all-pods:a/not-static → pod:a/web']);
  });

  test('in a namespace without any it reaches all', () => expect(toPods(held('b'))).toEqual(['sa:a/bot → all-pods:b']));

  test('everywhere it reaches the others of every namespace', () => {
    const fixture = world()
      .clusterRole('r', rule('patch', '', resource))
      .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));
    expect(toPods(fixture)).toEqual(['sa:a/bot → all-pods:not-static']);
    expect(members(fixture, 'all-pods:not-static')).toEqual([
      'all-pods:not-static → all-pods:a/not-static',
      'all-pods:not-static → all-pods:b',
    ]);
    expect(members(fixture, 'all-pods:a/not-static')).toEqual(['all-pods:a/not-static → pod:a/web']);
  });

  test('a namespace of mirror pods alone gives nothing', () => expect(toPods(held('s'))).toEqual([]));

  test.each(['kube-apiserver-n1', 'etcd-n1'])('a mirror pod by name gives nothing: %s', (name) => {
    expect(toPods(held('a', name))).toEqual([]);
  });

  test('another pod by name is reached', () => expect(toPods(held('a', 'web'))).toEqual(['sa:a/bot → pod:a/web']));
});

test('a shell in a mirror pod works as in any other', () => {
  const fixture = world()
    .role('s/r', rule('create', '', 'pods/exec'))
    .roleBinding('s/rb', 'Role/r', sa('a/bot'));
  expect(edgesOf(fixture.inventory(), 'pod-exec')).toEqual(['sa:a/bot → all-pods:s']);
});

test('evidence of what stands for the others is the namespace', () => {
  const fixture = world()
    .clusterRole('r', rule('patch', '', 'pods'))
    .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));
  expect(evidenceOf(fixture.inventory(), 'contains')).toContain('Namespace a /metadata/name');
});
