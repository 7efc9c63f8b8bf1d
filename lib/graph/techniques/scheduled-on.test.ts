import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () => cluster().serviceAccount('a/default').node('n1').node('n2');
const pod = (options: PodOptions) => base().pod('a/web', options);
const ON = ['pod:a/web → node:n1'];

describe('scheduled-on', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the node that the pod names', pod({ node: 'n1' }), ON],
    ['another node', pod({ node: 'n2' }), ['pod:a/web → node:n2']],
    ['a node that was not read', pod({ node: 'gone' }), ['pod:a/web → node:gone']],
    ['a pending pod that has its node', pod({ phase: 'Pending' }), ON],
    ['pods of two namespaces on one node', pod({}).pod('b/web'), [...ON, 'pod:b/web → node:n1']],
    ['a node named like a property of every object', cluster().pod('a/web', { node: 'constructor' }), ['pod:a/web → node:constructor']],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'scheduled-on')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a pod that no node has taken', pod({ node: '', phase: 'Pending' })],
    ['an empty name', pod({ spec: { nodeName: '' } })],
    ['a node selector: a wish is no place', pod({ node: '', spec: { nodeSelector: { 'kubernetes.io/hostname': 'n1' } } })],
    [
      'a nominated node: nothing runs there yet',
      base().add({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { namespace: 'a', name: 'web' },
        spec: { containers: [] },
        status: { nominatedNodeName: 'n1' },
      }),
    ],
    ['a template that names a node', base().workload('Deployment', 'a/web', { spec: { nodeName: 'n1' } })],
    ['nodes without pods', base()],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'scheduled-on')).toEqual([]);
  });

  it('points at the field that names the node', () => {
    expect(evidenceOf(pod({}).inventory(), 'scheduled-on')).toEqual(['Pod a/web /spec/nodeName']);
  });
});
