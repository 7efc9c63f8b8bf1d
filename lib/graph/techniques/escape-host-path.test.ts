import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, beside, MAYBE, mounts, NODE, nodeWith, pod } from '../testing/escapes.ts';

const RO = { readOnly: true };
const volumes = [{ name: 'host', hostPath: { path: '/etc/cron.d' } }];
const volumeMounts = [{ name: 'host', mountPath: '/host' }];
const side = (list: string, more: object = {}) => beside(list, { volumeMounts, ...more }, { volumes });

describe('escape-host-path', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the whole disk', mounts('/'), NODE],
    ['the whole disk by a detour', mounts('/mnt/..'), NODE],
    ['jobs', mounts('/etc/cron.d'), NODE],
    ['units', mounts('/etc/systemd/system'), NODE],
    ['rules of udev', mounts('/etc/udev'), NODE],
    ['rules of udev at run time', mounts('/run/udev'), NODE],
    ['plugins of the network', mounts('/opt/cni/bin'), NODE],
    ["root's home", mounts('/root/.ssh'), NODE],
    ['programs', mounts('/usr'), NODE],
    ['by its old name', mounts('/var/run'), NODE],
    ["the kubelet's state", mounts('/var/lib/kubelet'), NODE],
    ['settings of whatever', mounts('/etc/something'), MAYBE],
    ['a folder that the kubelet looks into', mounts('/var/lib/kubelet/plugins_registry'), MAYBE],
    ['volumes of other pods', mounts('/var/lib/kubelet/pods'), MAYBE],
    ['tools', mounts('/opt/tool'), MAYBE],
    ['/sys', mounts('/sys'), MAYBE],
    ['a subPath that leads there', mounts('/etc', { subPath: 'cron.d' }), NODE],
    ['a sidecar', side('initContainers', { restartPolicy: 'Always' }), NODE],
    ['an ephemeral container', side('ephemeralContainers'), NODE],
    ['a user other than root', mounts('/etc/cron.d', {}, { spec: { securityContext: { runAsUser: 1000 } } }), MAYBE],
    ['a sandbox, which may stop it', mounts('/etc/cron.d', {}, { spec: { runtimeClassName: 'gvisor' } }), MAYBE],
    ['SELinux, which may stop it', nodeWith({ osImage: 'Fedora CoreOS 40' }).pod('a/web', { volumes, mounts: volumeMounts }), MAYBE],
    ['a pod that no node has taken', mounts('/etc/cron.d', {}, { node: '', phase: 'Pending' }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'escape-host-path')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['the whole disk, read-only', mounts('/', RO)],
    ['jobs, read-only', mounts('/etc/cron.d', RO)],
    ['/proc, which is another technique', mounts('/proc')],
    ['devices, which the device cgroup closes', mounts('/dev')],
    ['logs', mounts('/var/log')],
    ['data', mounts('/mnt/disks/a')],
    ['the lock of iptables', mounts('/run/xtables.lock')],
    ['an agent', mounts('/var/run/datadog-agent')],
    ['debug files', mounts('/sys/kernel/debug')],
    ['a plugin of the kubelet', mounts('/var/lib/kubelet/plugins/x')],
    ['a socket alone, which is another technique', mounts('/var/run/docker.sock')],
    ['a subPath that leads away', mounts('/', { subPath: 'tmp' })],
    ['a name that only begins so', mounts('/binary')],
    ['a volume that nobody mounts', pod({ volumes })],
    ['a path in the container', pod({ volumes: [{ name: 'host', emptyDir: {} }], mounts: [{ name: 'host', mountPath: '/etc/cron.d' }] })],
    [
      'a mount of another volume',
      pod({ volumes: [...volumes, { name: 'mine', emptyDir: {} }], mounts: [{ name: 'mine', mountPath: '/x' }] }),
    ],
    ['a plain init container that has ended', side('initContainers')],
    ['a pod of Windows', mounts('/etc/cron.d', {}, { spec: { os: { name: 'windows' } } })],
    ['a pod that ended well', mounts('/etc/cron.d', {}, { phase: 'Succeeded' })],
    ['a pod that failed', mounts('/etc/cron.d', {}, { phase: 'Failed' })],
    ['temporary files', mounts('/tmp')],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'escape-host-path')).toEqual([]);
  });

  it('points at the volume by its place in the spec, and closes with it', () => {
    const world = pod({ volumes: [{ name: 'mine', emptyDir: {} }, ...volumes], mounts: volumeMounts }).inventory();
    expect(evidenceOf(world, 'escape-host-path')).toEqual(['Pod a/web /spec/volumes/1/hostPath']);
    expect(changesOfEdges(world, 'escape-host-path')).toEqual(['pod:a/web → node:n1: hostPath: template of pod:a/web']);
  });
});
