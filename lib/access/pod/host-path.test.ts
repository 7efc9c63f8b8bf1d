import { describe, expect, it } from 'vitest';
import { effectivePath, hostPathUses } from './host-path.ts';

const brief = (path: string, readOnly: boolean): string[] =>
  hostPathUses(path, readOnly).map((use) => `${use.kind} ${use.target}${use.kind === 'socket' || use.certain ? '' : ' maybe'}`);

describe('effectivePath', () => {
  it.each([
    ['/etc', undefined, '/etc'],
    ['/etc', '', '/etc'],
    ['/', '', '/'],
    ['/etc/', 'kubernetes/', '/etc/kubernetes'],
    ['//etc/./kubernetes//', './manifests', '/etc/kubernetes/manifests'],
    ['/', 'run', '/run'],
    ['/mnt', '/etc', '/mnt/etc'],
    ['', '', '/'],
  ])('%s with subPath %s is %s', (hostPath, subPath, expected) => {
    expect(effectivePath(hostPath, subPath)).toBe(expected);
  });
});

describe('hostPathUses', () => {
  it.each<[string, string, string[]]>([
    ['the whole disk', '/', ['socket /run/containerd/containerd.sock', 'write /bin', 'read /var/lib/kubelet/pki']],
    ['the folder of sockets', '/run', ['socket /run/containerd/containerd.sock', 'write /run/udev']],
    ['its old name', '/var/run', ['socket /run/containerd/containerd.sock', 'write /run/udev']],
    ['one socket', '/var/run/docker.sock', ['socket /run/docker.sock']],
    ['static pods', '/etc/kubernetes/manifests', ['write /etc/kubernetes/manifests']],
    ['one static pod', '/etc/kubernetes/manifests/x.yaml', ['write /etc/kubernetes/manifests']],
    ['the core pattern', '/proc/sys/kernel/core_pattern', ['write /proc/sys/kernel', 'read /proc maybe']],
    ['a plugin of the kubelet', '/var/lib/kubelet/plugins/csi', []],
    ['a folder that the kubelet looks into', '/var/lib/kubelet/plugins_registry', ['write /var/lib/kubelet/plugins_registry maybe']],
    [
      'keys below a folder that may be obeyed: the sure use first',
      '/etc/kubernetes/pki',
      ['read /etc/kubernetes/pki', 'write /etc/kubernetes/pki maybe'],
    ],
    ['settings of whatever', '/etc/something', ['write /etc/something maybe']],
    ['libraries below the folder', '/usr/lib/x86_64', ['write /usr/lib/x86_64 maybe']],
  ])('of %s to write', (_name, path, expected) => {
    expect(brief(path, false)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['the whole disk', '/', ['socket /run/containerd/containerd.sock', 'read /var/lib/kubelet/pki']],
    ['sockets', '/run', ['socket /run/containerd/containerd.sock']],
    ['the state of the kubelet', '/var/lib/kubelet', ['read /var/lib/kubelet/pki']],
    ['tokens of all pods', '/var/lib/kubelet/pods', ['read /var/lib/kubelet/pods']],
    ['one pod', '/var/lib/kubelet/pods/1f0c', ['read /var/lib/kubelet/pods maybe']],
    ['the control plane by hand', '/var/lib/kubernetes', ['read /var/lib/kubernetes']],
    ['settings', '/etc', ['read /etc/kubernetes/admin.conf']],
    ['hashes', '/etc/shadow', ['read /etc/shadow maybe']],
    ['a key of a home', '/home/ann/.ssh', ['read /home maybe']],
    ['processes', '/proc', ['read /proc maybe']],
  ])('of %s to read', (_name, path, expected) => {
    expect(brief(path, true)).toEqual(expected);
  });

  it.each([
    ['/var/log', false],
    ['/tmp', false],
    ['/mnt/disks/a', false],
    ['/data/shared', false],
    ['/srv', false],
    ['/run/xtables.lock', false],
    ['/var/run/datadog-agent', false],
    ['/opt/datadog-agent/run', false],
    ['/etc/datadog', false],
    ['/sys/kernel/debug/tracing', false],
    ['/var/lib/kubelet-backup', false],
    ['/runner', false],
    ['/run/cont', false],
    ['/run/docker', false],
    ['/va', false],
    ['/var/lib/kube', true],
    ['/binary', false],
    ['/rooted', true],
    ['/procedures', true],
    ['/etc/localtime', true],
    ['/etc/kubernetes/manifests', true],
    ['/usr', true],
    ['/sys', true],
    ['/dev', true],
    ['/lib/modules', true],
    ['/run/udev', true],
    ['/run/containerd/io.containerd.runtime.v2.task', false],
  ])('of %s (read-only: %s) is nothing', (path, readOnly) => {
    expect(brief(path, readOnly)).toEqual([]);
  });

  it('never gains less by a mount that may be written than by the same one to read', () => {
    const paths = [
      '/',
      '/etc',
      '/etc/kubernetes/pki',
      '/etc/rancher',
      '/root',
      '/root/.ssh',
      '/home',
      '/proc',
      '/var/lib/kubelet/pki',
      '/run',
    ];
    for (const path of paths) {
      const toRead = brief(path, true);
      expect(toRead.length, path).toBeGreaterThan(0);
      expect(brief(path, false), path).toEqual(expect.arrayContaining(toRead));
      expect(brief(path, false)[0]?.endsWith(' maybe'), path).toBe(brief(path, false).every((use) => use.endsWith(' maybe')));
    }
  });
});
