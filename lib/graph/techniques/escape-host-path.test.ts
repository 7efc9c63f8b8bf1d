import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () => cluster().serviceAccount('a/default').node('n1').node('n2');
const pod = (options: PodOptions) => base().pod('a/web', options);
const NODE = ['pod:a/web → node:n1'];
const MAYBE = ['pod:a/web → node:n1 (conditional)'];
/** Mounts a path of the node. */
const mounts = (path: string, mount: object = {}, options: PodOptions = {}) =>
  pod({ volumes: [{ name: 'host', hostPath: { path } }], mounts: [{ name: 'host', mountPath: '/host', ...mount }], ...options });
const RO = { readOnly: true };
const volumes = [{ name: 'host', hostPath: { path: '/etc/kubernetes/manifests' } }];
const volumeMounts = [{ name: 'host', mountPath: '/host' }];
const side = (list: string, more: object = {}) => pod({ volumes, spec: { [list]: [{ name: 'side', image: 'x', volumeMounts, ...more }] } });

describe('escape-host-path', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the whole disk', mounts('/'), NODE],
    ['the whole disk to read: kubelet credentials and tokens', mounts('/', RO), NODE],
    ['manifests of static pods', mounts('/etc/kubernetes/manifests'), NODE],
    ['a directory above them', mounts('/etc/kubernetes'), NODE],
    ['kernel settings', mounts('/proc/sys/kernel'), NODE],
    ['all of proc', mounts('/proc'), NODE],
    ['rules of udev, which root runs', mounts('/etc/udev'), NODE],
    ['jobs of cron', mounts('/etc/cron.d'), NODE],
    ['a unit of systemd below the directory', mounts('/etc/systemd/system/multi-user.target.wants'), NODE],
    ['keys of the control plane to read', mounts('/etc/kubernetes/pki', RO), NODE],
    ["the administrator's kubeconfig to read", mounts('/etc/kubernetes/admin.conf', RO), NODE],
    ["etcd's data to read", mounts('/var/lib/etcd', RO), NODE],
    ['tokens of all pods of the node to read', mounts('/var/lib/kubelet/pods', RO), NODE],
    ['a directory above them to read', mounts('/var/lib', RO), NODE],
    ['hashes of passwords to read', mounts('/etc/shadow', RO), MAYBE],
    ['homes to read', mounts('/home', RO), MAYBE],
    ["root's keys to write", mounts('/root/.ssh'), NODE],
    ['a folder of one pod, by its path', mounts('/var/lib/kubelet/pods/1f0c/volumes', RO), MAYBE],
    ['keys that may be read, all the more where they may be written', mounts('/etc/kubernetes/pki'), NODE],
    ['rules of udev by the old name of their folder', mounts('/var/run/udev'), NODE],
    ['a slash too many', mounts('//etc//kubernetes/manifests/'), NODE],
    ['a subPath that leads there', mounts('/etc', { subPath: 'kubernetes/manifests' }), NODE],
    ['a sidecar', side('initContainers', { restartPolicy: 'Always' }), NODE],
    ['an ephemeral container', side('ephemeralContainers'), NODE],
    [
      'a user other than root',
      mounts('/etc/kubernetes/manifests', {}, { container: { securityContext: { runAsUser: 1000 }, volumeMounts } }),
      MAYBE,
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'escape-host-path')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a place for data', mounts('/mnt/disks/ssd0')],
    ['temporary files', mounts('/tmp')],
    ['log files, which need the right to read logs as well', mounts('/var/log')],
    ['the clock to read', mounts('/etc/localtime', RO)],
    ['time zones to read', mounts('/usr/share/zoneinfo', RO)],
    ['kernel modules to read', mounts('/lib/modules', RO)],
    ['the socket folder of a monitoring agent', mounts('/var/run/datadog-agent')],
    ['the settings of a monitoring agent', mounts('/etc/datadog-agent')],
    ['debug files of the kernel', mounts('/sys/kernel/debug')],
    ['a lock file', mounts('/run/xtables.lock')],
    ['manifests to read', mounts('/etc/kubernetes/manifests', RO)],
    ['a directory whose name only begins so', mounts('/var/lib/kubelet-backup', RO)],
    ['a directory with whose name that of a key only begins', mounts('/var/lib/kube', RO)],
    ['a subPath that leads away', mounts('/', { subPath: 'mnt/disks' })],
    ['a volume that nobody mounts', pod({ volumes })],
    [
      'a mount of another volume',
      pod({ volumes: [...volumes, { name: 'mine', emptyDir: {} }], mounts: [{ name: 'mine', mountPath: '/host' }] }),
    ],
    [
      'a path of the container',
      pod({ volumes: [{ name: 'host', emptyDir: {} }], mounts: [{ name: 'host', mountPath: '/etc/kubernetes/manifests' }] }),
    ],
    [
      'a claim whose name looks like a path',
      pod({ volumes: [{ name: 'host', persistentVolumeClaim: { claimName: 'etc' } }], mounts: [{ name: 'host', mountPath: '/etc' }] }),
    ],
    ['a plain init container that has ended', side('initContainers')],
    ['a pod that no node has taken', mounts('/', {}, { node: '', phase: 'Pending' })],
    ['a pod that ended well', mounts('/', {}, { phase: 'Succeeded' })],
    ['a pod that failed', mounts('/', {}, { phase: 'Failed' })],
    ['a template', base().workload('DaemonSet', 'a/web', { volumes, mounts: volumeMounts })],
    [
      'a volume that is mounted and a path that is not',
      pod({ volumes: [{ name: 'data', hostPath: { path: '/mnt/x' } }, ...volumes], mounts: [{ name: 'data', mountPath: '/x' }] }),
    ],
    ['a file of the node below a harmless directory', mounts('/mnt/etc/kubernetes/manifests')],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'escape-host-path')).toEqual([]);
  });

  it('points at the volume by its place in the spec', () => {
    const world = pod({ volumes: [{ name: 'mine', emptyDir: {} }, ...volumes], mounts: volumeMounts });
    expect(evidenceOf(world.inventory(), 'escape-host-path')).toEqual(['Pod a/web /spec/volumes/1/hostPath']);
  });
});
