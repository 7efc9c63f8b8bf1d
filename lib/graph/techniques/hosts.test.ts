import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () => cluster().serviceAccount('a/default').node('n1').node('n2');
const pod = (options: PodOptions) => base().pod('a/web', options);
const HOSTS = ['node:n1 → pod:a/web'];

describe('hosts', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a running pod', pod({}), HOSTS],
    ['a pod that is starting', pod({ phase: 'Pending' }), HOSTS],
    ['a pod whose node has gone quiet', pod({ phase: 'Unknown' }), HOSTS],
    [
      'every pod of the node, of any namespace',
      pod({}).pod('b/db').pod('b/far', { node: 'n2' }),
      [...HOSTS, 'node:n1 → pod:b/db', 'node:n2 → pod:b/far'],
    ],
    ['a node that was not read', cluster().pod('a/web', { node: 'gone' }), ['node:gone → pod:a/web']],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'hosts')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a pod that ended well', pod({ phase: 'Succeeded' })],
    ['a pod that failed', pod({ phase: 'Failed' })],
    ['a pod that no node has taken', pod({ node: '', phase: 'Pending' })],
    ['a node selector', pod({ node: '', spec: { nodeSelector: { 'kubernetes.io/hostname': 'n1' } } })],
    ['a template that names the node', base().workload('DaemonSet', 'a/web', { spec: { nodeName: 'n1' } })],
    ['nodes without pods', base()],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'hosts')).toEqual([]);
  });

  it('points at the field that names the node', () => {
    expect(evidenceOf(pod({}).inventory(), 'hosts')).toEqual(['Pod a/web /spec/nodeName']);
  });
});
