import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, context, NODE, pod } from '../testing/escapes.ts';
import { techniques } from './index.ts';

describe('host-network', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['hostNetwork', pod({ spec: { hostNetwork: true } }), NODE],
    [
      'with every capability dropped',
      pod({ spec: { hostNetwork: true }, container: { securityContext: { capabilities: { drop: ['ALL'] } } } }),
      NODE,
    ],
    ['a pod that no node has taken', pod({ spec: { hostNetwork: true }, node: '', phase: 'Pending' }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'host-network')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no word about it', pod({})],
    ['false', pod({ spec: { hostNetwork: false } })],
    ['the other namespaces', pod({ spec: { hostPID: true, hostIPC: true, shareProcessNamespace: true } })],
    ['a privileged container', context({ privileged: true })],
    ['a port of the node', pod({ container: { ports: [{ containerPort: 80, hostPort: 80 }] } })],
    ['a pod that ended', pod({ spec: { hostNetwork: true }, phase: 'Failed' })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'host-network')).toEqual([]);
  });

  it('is drawn and not walked, points at the field, and closes with it', () => {
    const world = pod({ spec: { hostNetwork: true } }).inventory();
    expect(techniques['host-network'].walked).toBe(false);
    expect(evidenceOf(world, 'host-network')).toEqual(['Pod a/web /spec/hostNetwork']);
    expect(changesOfEdges(world, 'host-network')).toEqual(['pod:a/web → node:n1: hostNetwork: template of pod:a/web']);
  });
});
