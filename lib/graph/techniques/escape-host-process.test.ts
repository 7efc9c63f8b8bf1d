import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, beside, context, NODE, nodeWith, pod } from '../testing/escapes.ts';

const HOST = { windowsOptions: { hostProcess: true } };

describe('escape-host-process', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the container', context(HOST), NODE],
    ['the pod', pod({ spec: { os: { name: 'windows' }, hostNetwork: true, securityContext: HOST } }), NODE],
    ['a second container', beside('ephemeralContainers', { securityContext: HOST }), NODE],
    ['on a node of Windows', nodeWith({ operatingSystem: 'windows' }).pod('a/web', { container: { securityContext: HOST } }), NODE],
    ['a pod that no node has taken', context(HOST, { node: '', phase: 'Pending' }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'escape-host-process')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a privileged container', context({ privileged: true })],
    ['false', context({ windowsOptions: { hostProcess: false } })],
    [
      'a container that says no',
      pod({ spec: { securityContext: HOST }, container: { securityContext: { windowsOptions: { hostProcess: false } } } }),
    ],
    [
      'on a node of Linux, where it never starts',
      nodeWith({ operatingSystem: 'linux' }).pod('a/web', { container: { securityContext: HOST } }),
    ],
    ['a pod of Linux', context(HOST, { spec: { os: { name: 'linux' } } })],
    ['another option of Windows', context({ windowsOptions: { runAsUserName: 'ContainerAdministrator' } })],
    ['a plain init container that has ended', beside('initContainers', { securityContext: HOST })],
    ['a pod that ended', context(HOST, { phase: 'Succeeded' })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'escape-host-process')).toEqual([]);
  });

  it('points at the field that decides, and closes with it', () => {
    const world = pod({ spec: { securityContext: HOST } }).inventory();
    expect(evidenceOf(world, 'escape-host-process')).toEqual(['Pod a/web /spec/securityContext/windowsOptions/hostProcess']);
    expect(changesOfEdges(world, 'escape-host-process')).toEqual(['pod:a/web → node:n1: hostProcess: template of pod:a/web']);
  });
});
