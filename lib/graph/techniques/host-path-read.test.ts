import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, beside, MAYBE, mounts, NODE, nodeWith, pod } from '../testing/escapes.ts';

const RO = { readOnly: true };
const volumes = [{ name: 'host', hostPath: { path: '/var/lib/kubelet' } }];
const volumeMounts = [{ name: 'host', mountPath: '/host' }];
const side = (list: string, more: object = {}) => beside(list, { volumeMounts, ...more }, { volumes });

describe('host-path-read', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ["the kubelet's state, read-only", mounts('/var/lib/kubelet', RO), NODE],
    ['and writable: it can be read all the same', mounts('/var/lib/kubelet'), NODE],
    ['the whole disk', mounts('/', RO), NODE],
    ['settings', mounts('/etc', RO), NODE],
    [
      'keys of the control plane where it is',
      nodeWith({}, { 'node-role.kubernetes.io/control-plane': '' }).pod('a/web', {
        volumes: [{ name: 'host', hostPath: { path: '/etc/kubernetes/pki' } }],
        mounts: volumeMounts,
      }),
      NODE,
    ],
    ['keys of the control plane where it is not said to be', mounts('/etc/kubernetes/pki', RO), MAYBE],
    ["etcd's data", mounts('/var/lib/etcd', RO), MAYBE],
    [
      'EKS, whose kubelet keeps no certificate',
      nodeWith({}, { 'eks.amazonaws.com/nodegroup': 'x' }).pod('a/web', { volumes, mounts: volumeMounts }),
      MAYBE,
    ],
    ['hashes of passwords', mounts('/etc/shadow', RO), MAYBE],
    ['homes', mounts('/home', RO), MAYBE],
    ['keys of one home', mounts('/home/ann/.ssh', RO), MAYBE],
    ["root's home", mounts('/root', RO), MAYBE],
    ['processes', mounts('/proc', RO), MAYBE],
    ['a sidecar', side('initContainers', { restartPolicy: 'Always' }), NODE],
    ['an ephemeral container', side('ephemeralContainers'), NODE],
    ['a user other than root', mounts('/var/lib/kubelet', {}, { spec: { securityContext: { runAsUser: 1000 } } }), MAYBE],
    ['a sandbox, which may stop it', mounts('/var/lib/kubelet', {}, { spec: { runtimeClassName: 'gvisor' } }), MAYBE],
    ['SELinux, which may stop it', nodeWith({ osImage: 'Fedora CoreOS 40' }).pod('a/web', { volumes, mounts: volumeMounts }), MAYBE],
    ['a pod that no node has taken', mounts('/var/lib/kubelet', {}, { node: '', phase: 'Pending' }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'host-path-read')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['volumes of pods, which is another technique', mounts('/var/lib/kubelet/pods', RO)],
    ['a plugin', mounts('/var/lib/kubelet/plugins/x')],
    ['the time zone', mounts('/etc/localtime', RO)],
    ['programs', mounts('/usr', RO)],
    ['/sys', mounts('/sys', RO)],
    ['modules', mounts('/lib/modules', RO)],
    ['logs', mounts('/var/log', RO)],
    ['a name that only begins so', mounts('/var/lib/kubelet2', RO)],
    ['manifests of static pods', mounts('/etc/kubernetes/manifests', RO)],
    ['a volume that nobody mounts', pod({ volumes })],
    [
      'a path in the container',
      pod({ volumes: [{ name: 'host', emptyDir: {} }], mounts: [{ name: 'host', mountPath: '/var/lib/kubelet' }] }),
    ],
    [
      'a mount of another volume',
      pod({ volumes: [...volumes, { name: 'mine', emptyDir: {} }], mounts: [{ name: 'mine', mountPath: '/x' }] }),
    ],
    ['a plain init container that has ended', side('initContainers')],
    ['a pod of Windows', mounts('/var/lib/kubelet', {}, { spec: { os: { name: 'windows' } } })],
    ['a pod that ended well', mounts('/var/lib/kubelet', {}, { phase: 'Succeeded' })],
    ['a pod that failed', mounts('/var/lib/kubelet', {}, { phase: 'Failed' })],
    ['temporary files', mounts('/tmp')],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'host-path-read')).toEqual([]);
  });

  it('points at the volume by its place in the spec, and closes with it', () => {
    const world = pod({ volumes: [{ name: 'mine', emptyDir: {} }, ...volumes], mounts: volumeMounts }).inventory();
    expect(evidenceOf(world, 'host-path-read')).toEqual(['Pod a/web /spec/volumes/1/hostPath']);
    expect(changesOfEdges(world, 'host-path-read')).toEqual(['pod:a/web → node:n1: hostPath: template of pod:a/web']);
  });
});
