import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { beside, mounts, pod } from '../testing/escapes.ts';

const RO = { readOnly: true };
const SURE = ['pod:a/web → kubelet-volumes:n1'];
const MAYBE = ['pod:a/web → kubelet-volumes:n1 (conditional)'];
const volumes = [{ name: 'host', hostPath: { path: '/var/lib/kubelet/pods' } }];
const volumeMounts = [{ name: 'host', mountPath: '/host' }];

describe('kubelet-volumes', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the folder, read-only', mounts('/var/lib/kubelet/pods', RO), SURE],
    ['the folder, writable', mounts('/var/lib/kubelet/pods'), SURE],
    ["the kubelet's state", mounts('/var/lib/kubelet', RO), SURE],
    ['/var/lib', mounts('/var/lib', RO), SURE],
    ['/var', mounts('/var', RO), SURE],
    ['the whole disk', mounts('/', RO), SURE],
    ['the folder of one pod', mounts('/var/lib/kubelet/pods/1f0c', RO), MAYBE],
    ['another kubelet by its folder', mounts('/var/lib/k0s/kubelet/pods', RO), SURE],
    ['a folder above another kubelet, which may not be there', mounts('/var/lib/k0s', RO), MAYBE],
    ['a sidecar', beside('initContainers', { volumeMounts, restartPolicy: 'Always' }, { volumes }), SURE],
    ['a user other than root', mounts('/', RO, { spec: { securityContext: { runAsUser: 1000 } } }), MAYBE],
    ['a pod that no node has taken', mounts('/', RO, { node: '', phase: 'Pending' }), ['pod:a/web → kubelet-volumes:* (conditional)']],
    [
      'a pod that fits one node alone',
      mounts('/', RO, { node: '', spec: { nodeSelector: { disk: 'ssd' } } }).node('n3', { disk: 'ssd' }),
      ['pod:a/web → kubelet-volumes:n3 (conditional)'],
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'kubelet-volumes')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a plugin', mounts('/var/lib/kubelet/plugins/x')],
    ['the plugins registry', mounts('/var/lib/kubelet/plugins_registry')],
    ["the kubelet's keys", mounts('/var/lib/kubelet/pki')],
    ['a name that only begins so', mounts('/var/lib/kubelet/pods-old')],
    ['logs', mounts('/var/log')],
    ['a subPath that leads away', mounts('/var/lib/kubelet', { subPath: 'plugins' })],
    ['a volume that nobody mounts', pod({ volumes })],
    ['its own volumes', pod({ volumes: [{ name: 'host', emptyDir: {} }], mounts: [{ name: 'host', mountPath: '/var/lib/kubelet/pods' }] })],
    ['a plain init container that has ended', beside('initContainers', { volumeMounts }, { volumes })],
    ['a pod of Windows', mounts('/', {}, { spec: { os: { name: 'windows' } } })],
    ['a pod that ended', mounts('/', {}, { phase: 'Succeeded' })],
    ['a pod that fits no node', mounts('/', RO, { node: '', spec: { nodeSelector: { disk: 'ssd' } } })],
    ['a privileged container, which is root of the node anyway', pod({ container: { securityContext: { privileged: true } } })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'kubelet-volumes')).toEqual([]);
  });

  it('points at the volume, and closes with it', () => {
    const world = mounts('/var/lib/kubelet', RO).inventory();
    expect(evidenceOf(world, 'kubelet-volumes')).toEqual(['Pod a/web /spec/volumes/0/hostPath']);
    expect(changesOfEdges(world, 'kubelet-volumes')).toEqual(['pod:a/web → kubelet-volumes:n1: hostPath: template of pod:a/web']);
  });
});
