import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const node = (labels: Record<string, string>) => cluster().serviceAccount('a/default').node('n1', labels);
const FALLS = ['node:n1 → cluster-admin:cluster'];

describe('control-plane-node', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the label of today', node({ 'node-role.kubernetes.io/control-plane': '' }), FALLS],
    ['the label of old', node({ 'node-role.kubernetes.io/master': '' }), FALLS],
    ['both labels as one edge', node({ 'node-role.kubernetes.io/control-plane': '', 'node-role.kubernetes.io/master': '' }), FALLS],
    ['whatever the value', node({ 'node-role.kubernetes.io/control-plane': 'true' }), FALLS],
    [
      'a taint that keeps pods away: other ways lead there',
      cluster().add({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'n1', labels: { 'node-role.kubernetes.io/control-plane': '' } },
        spec: { taints: [{ key: 'x', effect: 'NoSchedule' }] },
      }),
      FALLS,
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'control-plane-node')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a worker', node({ 'node-role.kubernetes.io/worker': '' })],
    ['no label at all', node({})],
    ['a longer label', node({ 'node-role.kubernetes.io/control-plane-backup': '' })],
    ['a label without the prefix', node({ 'control-plane': '', master: '' })],
    ['another prefix', node({ 'example.com/control-plane': '' })],
    ['the word as a value', node({ role: 'node-role.kubernetes.io/control-plane' })],
    [
      'the taint alone',
      cluster().add({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name: 'n1' },
        spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] },
      }),
    ],
    ['the label on a namespace', cluster().namespace('n1', { 'node-role.kubernetes.io/control-plane': '' }).node('n1')],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'control-plane-node')).toEqual([]);
  });

  it('points at the label, its slash escaped', () => {
    expect(evidenceOf(node({ 'node-role.kubernetes.io/master': '' }).inventory(), 'control-plane-node')).toEqual([
      'Node n1 /metadata/labels/node-role.kubernetes.io~1master',
    ]);
  });
});
