import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, context, MAYBE, pod } from '../testing/escapes.ts';
import { techniques } from './index.ts';

describe('host-ipc', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['hostIPC', pod({ spec: { hostIPC: true } }), MAYBE],
    [
      'with every capability dropped',
      pod({ spec: { hostIPC: true }, container: { securityContext: { capabilities: { drop: ['ALL'] } } } }),
      MAYBE,
    ],
    ['a pod that no node has taken', pod({ spec: { hostIPC: true }, node: '', phase: 'Pending' }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'host-ipc')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no word about it', pod({})],
    ['false', pod({ spec: { hostIPC: false } })],
    ['the other namespaces', pod({ spec: { hostPID: true, hostNetwork: true, shareProcessNamespace: true } })],
    ['a privileged container', context({ privileged: true })],
    ['a port of the node', pod({ container: { ports: [{ containerPort: 80, hostPort: 80 }] } })],
    ['a pod that ended', pod({ spec: { hostIPC: true }, phase: 'Failed' })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'host-ipc')).toEqual([]);
  });

  it('is drawn and not walked, points at the field, and closes with it', () => {
    const world = pod({ spec: { hostIPC: true } }).inventory();
    expect(techniques['host-ipc'].walked).toBe(false);
    expect(evidenceOf(world, 'host-ipc')).toEqual(['Pod a/web /spec/hostIPC']);
    expect(changesOfEdges(world, 'host-ipc')).toEqual(['pod:a/web → node:n1: hostIPC: template of pod:a/web']);
  });
});
