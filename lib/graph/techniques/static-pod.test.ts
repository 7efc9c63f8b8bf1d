import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, beside, MAYBE, mounts, NODE, nodeWith, pod } from '../testing/escapes.ts';

const RO = { readOnly: true };
const volumes = [{ name: 'host', hostPath: { path: '/etc/kubernetes/manifests' } }];
const volumeMounts = [{ name: 'host', mountPath: '/host' }];
const side = (list: string, more: object = {}) => beside(list, { volumeMounts, ...more }, { volumes });

describe('static-pod', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the folder', mounts('/etc/kubernetes/manifests'), NODE],
    ['one manifest', mounts('/etc/kubernetes/manifests/x.yaml'), NODE],
    ['a folder above', mounts('/etc/kubernetes'), NODE],
    ['the whole disk', mounts('/'), NODE],
    ['a slash too many', mounts('//etc//kubernetes/'), NODE],
    ['a subPath that leads there', mounts('/etc', { subPath: 'kubernetes/manifests' }), NODE],
    ['the folder of another distribution', mounts('/var/lib/rancher/k3s/agent/pod-manifests'), NODE],
    ['a folder above one that may not be there', mounts('/var/lib/rancher'), MAYBE],
    [
      'EKS, which sets none up',
      nodeWith({}, { 'eks.amazonaws.com/nodegroup': 'x' }).pod('a/web', { volumes, mounts: volumeMounts }),
      MAYBE,
    ],
    ['a sidecar', side('initContainers', { restartPolicy: 'Always' }), NODE],
    ['an ephemeral container', side('ephemeralContainers'), NODE],
    ['a user other than root', mounts('/etc/kubernetes/manifests', {}, { spec: { securityContext: { runAsUser: 1000 } } }), MAYBE],
    ['a sandbox, which may stop it', mounts('/etc/kubernetes/manifests', {}, { spec: { runtimeClassName: 'gvisor' } }), MAYBE],
    ['SELinux, which may stop it', nodeWith({ osImage: 'Fedora CoreOS 40' }).pod('a/web', { volumes, mounts: volumeMounts }), MAYBE],
    ['a pod that no node has taken', mounts('/etc/kubernetes/manifests', {}, { node: '', phase: 'Pending' }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'static-pod')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['read-only', mounts('/etc/kubernetes/manifests', RO)],
    ['the whole disk, read-only', mounts('/', RO)],
    ['a sibling', mounts('/etc/kubernetes/pki')],
    ['a name that only begins so', mounts('/etc/kubernetes/manifests-old')],
    ['a subPath that leads away', mounts('/etc', { subPath: 'cron.d' })],
    ['logs', mounts('/var/log')],
    ['a volume that nobody mounts', pod({ volumes })],
    [
      'a path in the container',
      pod({ volumes: [{ name: 'host', emptyDir: {} }], mounts: [{ name: 'host', mountPath: '/etc/kubernetes/manifests' }] }),
    ],
    [
      'a mount of another volume',
      pod({ volumes: [...volumes, { name: 'mine', emptyDir: {} }], mounts: [{ name: 'mine', mountPath: '/x' }] }),
    ],
    ['a plain init container that has ended', side('initContainers')],
    ['a pod of Windows', mounts('/etc/kubernetes/manifests', {}, { spec: { os: { name: 'windows' } } })],
    ['a pod that ended well', mounts('/etc/kubernetes/manifests', {}, { phase: 'Succeeded' })],
    ['a pod that failed', mounts('/etc/kubernetes/manifests', {}, { phase: 'Failed' })],
    ['temporary files', mounts('/tmp')],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'static-pod')).toEqual([]);
  });

  it('points at the volume by its place in the spec, and closes with it', () => {
    const world = pod({ volumes: [{ name: 'mine', emptyDir: {} }, ...volumes], mounts: volumeMounts }).inventory();
    expect(evidenceOf(world, 'static-pod')).toEqual(['Pod a/web /spec/volumes/1/hostPath']);
    expect(changesOfEdges(world, 'static-pod')).toEqual(['pod:a/web → node:n1: hostPath: template of pod:a/web']);
  });
});
