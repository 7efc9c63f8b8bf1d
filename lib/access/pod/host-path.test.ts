import { describe, expect, it, test } from 'vitest';
import { corePatternUse, kubeletVolumesUse, logUse, type PathUse, readUse, socketUse, staticPodUse, writeUse } from './host-path.ts';
import { UNKNOWN_NODE } from './node-traits.ts';
import { node } from './testing/spec.ts';

const brief = (use: PathUse | undefined): string | undefined =>
  use === undefined ? undefined : `${use.target}${use.hangsOn === undefined ? '' : ' ?'}`;
const EKS = node({ eks: true, controlPlane: false });
const CONTROL = node({ controlPlane: true });
const WORKER = node({ controlPlane: false });

describe('writeUse', () => {
  it.each([
    ['/', '/bin'],
    ['/usr', '/usr/bin'],
    ['/opt/cni', '/opt/cni/bin'],
    ['/opt/cni/bin', '/opt/cni/bin'],
    ['/opt/cni/bin/loopback', '/opt/cni/bin'],
    ['/root/.ssh', '/root'],
    ['/run', '/run/udev'],
    ['/run/udev', '/run/udev'],
    ['/etc/udev/rules.d', '/etc/udev'],
    ['/var/lib/kubelet', '/var/lib/kubelet'],
    ['/var/lib', '/var/lib/kubelet'],
    ['/etc/shadow', '/etc/shadow'],
    ['/var/lib/kubelet/plugins_registry', '/var/lib/kubelet/plugins_registry ?'],
    ['/var/lib/kubelet/pods', '/var/lib/kubelet/pods ?'],
    ['/etc/something', '/etc/something ?'],
    ['/usr/lib/x86_64', '/usr/lib/x86_64 ?'],
    ['/opt/tool', '/opt/tool ?'],
    ['/sys', '/sys ?'],
    ['/etc/kubernetes/pki', '/etc/kubernetes/pki ?'],
    ['/var/lib/kubelet/plugins/ebs.csi.aws.com', undefined],
    ['/var/log', undefined],
    ['/tmp', undefined],
    ['/mnt/disks/a', undefined],
    ['/data/shared', undefined],
    ['/run/xtables.lock', undefined],
    ['/run/datadog-agent', undefined],
    ['/opt/datadog-agent/run', undefined],
    ['/etc/datadog', undefined],
    ['/sys/kernel/debug/tracing', undefined],
    ['/var/lib/kubelet-backup', undefined],
    ['/binary', undefined],
    ['/va', undefined],
    ['/dev', undefined],
    ['/dev/shm', undefined],
    ['/proc', undefined],
    ['/proc/sys/vm', undefined],
    ['/run/containerd/io.containerd.runtime.v2.task', undefined],
    ['/var/lib/longhorn', undefined],
  ])('%s: %s', (path, expected) => {
    expect(brief(writeUse(path))).toBe(expected);
  });
});

describe('readUse', () => {
  it.each([
    ['/', UNKNOWN_NODE, '/var/lib/kubelet/pki'],
    ['/', EKS, '/var/lib/kubelet/pki ?'],
    ['/', CONTROL, '/etc/kubernetes/admin.conf'],
    ['/var/lib/kubelet', UNKNOWN_NODE, '/var/lib/kubelet/pki'],
    ['/var/lib/kubelet/pki/kubelet-client-current.pem', WORKER, '/var/lib/kubelet/pki'],
    ['/etc', WORKER, '/etc/kubernetes/kubelet.conf'],
    ['/etc', EKS, '/etc/kubernetes/kubelet.conf ?'],
    ['/etc/kubernetes/pki', CONTROL, '/etc/kubernetes/pki'],
    ['/etc/kubernetes/pki', WORKER, '/etc/kubernetes/pki ?'],
    ['/etc/kubernetes/pki/etcd', CONTROL, '/etc/kubernetes/pki'],
    ['/var/lib/etcd', WORKER, '/var/lib/etcd ?'],
    ['/etc/rancher/k3s/k3s.yaml', WORKER, '/etc/rancher/k3s/k3s.yaml'],
    ['/etc/rancher', WORKER, '/etc/rancher/k3s/k3s.yaml ?'],
    ['/var/lib/kubernetes', WORKER, '/var/lib/kubernetes'],
    ['/etc/shadow', WORKER, '/etc/shadow ?'],
    ['/home', WORKER, '/home ?'],
    ['/home/ann/.ssh', WORKER, '/home ?'],
    ['/root', WORKER, '/root/.kube/config ?'],
    ['/root/.ssh', WORKER, '/root/.ssh ?'],
    ['/proc', WORKER, '/proc ?'],
    ['/var/lib/kubelet/pods', WORKER, undefined],
    ['/var/log', WORKER, undefined],
    ['/etc/localtime', WORKER, undefined],
    ['/etc/kubernetes/manifests', WORKER, undefined],
    ['/usr', WORKER, undefined],
    ['/sys', WORKER, undefined],
    ['/lib/modules', WORKER, undefined],
    ['/var/lib/kube', WORKER, undefined],
    ['/rooted', WORKER, undefined],
    ['/procedures', WORKER, undefined],
    ['/etc/kubernetes/pki2', CONTROL, undefined],
  ])('%s', (path, traits, expected) => {
    expect(brief(readUse(path, traits))).toBe(expected);
  });
});

describe('socketUse', () => {
  const CONTAINERD = node({ runtime: 'containerd' });
  const CRIO = node({ runtime: 'cri-o' });
  const DOCKER = node({ runtime: 'docker' });
  it.each([
    ['/', UNKNOWN_NODE, '/run/containerd/containerd.sock'],
    ['/run', CRIO, '/run/crio/crio.sock'],
    ['/run/containerd', CONTAINERD, '/run/containerd/containerd.sock'],
    ['/run/docker.sock', DOCKER, '/run/docker.sock'],
    ['/run/docker.sock', UNKNOWN_NODE, '/run/docker.sock'],
    ['/run/docker.sock', CONTAINERD, '/run/docker.sock ?'],
    ['/run/crio/crio.sock', CONTAINERD, '/run/crio/crio.sock ?'],
    ['/run/containerd/containerd.sock', DOCKER, '/run/containerd/containerd.sock'],
    ['/run/k3s/containerd/containerd.sock', CONTAINERD, '/run/k3s/containerd/containerd.sock'],
    ['/run/docker', DOCKER, undefined],
    ['/run/docker.sock.bak', DOCKER, undefined],
    ['/run/containerd-shim', CONTAINERD, undefined],
    ['/opt/run/containerd/containerd.sock', CONTAINERD, undefined],
    ['/var/lib/containerd', CONTAINERD, undefined],
    ['/run/udev', CONTAINERD, undefined],
    ['/tmp', CONTAINERD, undefined],
  ])('%s', (path, traits, expected) => {
    expect(brief(socketUse(path, traits))).toBe(expected);
  });
});

describe('corePatternUse', () => {
  const PATTERN = '/proc/sys/kernel/core_pattern';
  it.each<[string, boolean, string | undefined, string | undefined]>([
    ['/', false, undefined, PATTERN],
    ['/proc', false, undefined, PATTERN],
    ['/proc/sys', false, undefined, PATTERN],
    ['/proc/sys/kernel', false, undefined, PATTERN],
    [PATTERN, false, undefined, PATTERN],
    ['/', true, undefined, `${PATTERN} ?`],
    ['/', true, 'Disabled', `${PATTERN} ?`],
    ['/', true, 'IfPossible', `${PATTERN} ?`],
    ['/', true, 'Enabled', undefined],
    ['/proc', true, undefined, undefined],
    ['/proc/sys/kernel', true, undefined, undefined],
    ['/proc/sys/vm', false, undefined, undefined],
    ['/proc/sys/kernel/modprobe', false, undefined, '/proc/sys/kernel/modprobe'],
    ['/proc/sys/kernel/modprobe', true, undefined, undefined],
    ['/proc/sys/kernel/core_uses_pid', false, undefined, undefined],
    ['/proc/sys/kern', false, undefined, undefined],
    ['/sys', false, undefined, undefined],
    ['/etc', true, undefined, undefined],
  ])('%s (read-only: %s, recursive: %s)', (path, readOnly, recursive, expected) => {
    expect(brief(corePatternUse(path, readOnly, recursive))).toBe(expected);
  });
});

describe('staticPodUse, logUse and kubeletVolumesUse', () => {
  it.each<[string, string | undefined, string | undefined, string | undefined]>([
    ['/', '/etc/kubernetes/manifests', '/var/log/pods', '/var/lib/kubelet/pods'],
    ['/etc', '/etc/kubernetes/manifests', undefined, undefined],
    ['/etc/kubernetes', '/etc/kubernetes/manifests', undefined, undefined],
    ['/etc/kubernetes/manifests', '/etc/kubernetes/manifests', undefined, undefined],
    ['/etc/kubernetes/manifests/x.yaml', '/etc/kubernetes/manifests', undefined, undefined],
    ['/var/lib/rancher/k3s/agent/pod-manifests', '/var/lib/rancher/k3s/agent/pod-manifests', undefined, undefined],
    ['/var', '/var/lib/rancher/k3s/agent/pod-manifests ?', '/var/log/pods', '/var/lib/kubelet/pods'],
    ['/var/log', undefined, '/var/log/pods', undefined],
    ['/var/log/pods', undefined, '/var/log/pods', undefined],
    ['/var/log/pods/a_b_c', undefined, '/var/log/pods', undefined],
    ['/var/log/containers', undefined, undefined, undefined],
    ['/var/log/audit', undefined, undefined, undefined],
    ['/var/logs', undefined, undefined, undefined],
    ['/var/lib/kubelet', undefined, undefined, '/var/lib/kubelet/pods'],
    ['/var/lib/kubelet/pods', undefined, undefined, '/var/lib/kubelet/pods'],
    ['/var/lib/kubelet/pods/1f0c', undefined, undefined, '/var/lib/kubelet/pods/1f0c ?'],
    ['/var/lib/kubelet/plugins', undefined, undefined, undefined],
    ['/var/lib/kubelet/podsx', undefined, undefined, undefined],
    ['/etc/kubernetes/pki', undefined, undefined, undefined],
    ['/mnt', undefined, undefined, undefined],
  ])('%s', (path, pods, logs, volumes) => {
    expect([brief(staticPodUse(path, WORKER)), brief(logUse(path)), brief(kubeletVolumesUse(path))]).toEqual([pods, logs, volumes]);
  });

  test('EKS sets no static pods up', () => {
    expect(brief(staticPodUse('/etc/kubernetes/manifests', EKS))).toBe('/etc/kubernetes/manifests ?');
  });
});
