import { isAtOrAbove, isAtOrBelow } from './node-path.ts';
import type { NodeTraits } from './node-traits.ts';

/** What a mounted path of the node is good for. */
export interface PathUse {
  /** The path that matters, at, above or below the mounted one. */
  readonly target: string;
  /** What it hangs on; undefined: it surely is. */
  readonly hangsOn?: string;
}

/** Written by somebody else, these make root of the node run his code or obey his keys; anywhere inside counts as well. */
const OBEYED_INSIDE = [
  '/bin',
  '/sbin',
  '/boot',
  '/lib/systemd',
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/lib/systemd',
  '/usr/libexec/kubernetes',
  '/opt/cni/bin',
  '/etc/cni/net.d',
  '/etc/cron.d',
  '/etc/cron.daily',
  '/etc/cron.hourly',
  '/etc/systemd',
  '/etc/udev',
  '/etc/profile.d',
  '/etc/init.d',
  '/etc/pam.d',
  '/etc/ssh',
  '/etc/sudoers.d',
  '/root',
  '/var/spool/cron',
  '/run/udev',
  '/run/systemd/system',
];

/** Likewise, but only the whole of it: what lies deeper belongs to one plugin or one volume. */
const OBEYED_WHOLE = [
  '/lib',
  '/usr/lib',
  '/etc/passwd',
  '/etc/shadow',
  '/etc/crontab',
  '/etc/ld.so.preload',
  '/etc/sudoers',
  '/var/lib/kubelet',
  '/var/lib/containerd',
  '/var/lib/docker',
  '/var/lib/containers',
  '/var/lib/etcd',
];

/**
 * Writing somewhere in these may be enough; it hangs on what the node does with the place. Not among them: `/dev`, whose devices the device cgroup
 * closes to containers that are not privileged, and `/proc` but for what `core-pattern` tells.
 */
const MAYBE_OBEYED_INSIDE = [
  '/etc',
  '/usr',
  '/lib',
  '/lib64',
  '/opt',
  '/home',
  '/sys',
  '/var/lib/containerd',
  '/var/lib/docker',
  '/var/lib/kubelet/pods',
  '/var/lib/kubelet/plugins_registry',
  '/var/lib/kubelet/device-plugins',
];

/** Folders of monitoring agents and debug files: the node obeys nothing there. Source: reference row E11 (KubeHound's list of safe paths). */
const NOT_OBEYED = ['/etc/datadog', '/etc/datadog-agent', '/opt/datadog', '/opt/datadog-agent', '/sys/kernel/debug'];

/** What whoever writes at a path gains, besides static pods and the core pattern. Rows E11 and E13. */
export function writeUse(path: string): PathUse | undefined {
  const target =
    OBEYED_INSIDE.find((one) => isAtOrAbove(path, one) || isAtOrBelow(path, one)) ?? OBEYED_WHOLE.find((one) => isAtOrAbove(path, one));
  if (target !== undefined) return { target };
  if (NOT_OBEYED.some((one) => isAtOrBelow(path, one))) return undefined;
  const maybe = MAYBE_OBEYED_INSIDE.some((one) => isAtOrBelow(path, one));
  return maybe ? { target: path, hangsOn: `what the node does with files in ${path}` } : undefined;
}

/** Who reads these acts as the kubelet, or as the control plane. */
const KUBELET_CREDENTIALS = ['/var/lib/kubelet/pki', '/etc/kubernetes/kubelet.conf', '/var/lib/kubelet/kubeconfig'];
const CONTROL_PLANE_CREDENTIALS = [
  '/etc/kubernetes/admin.conf',
  '/etc/kubernetes/super-admin.conf',
  '/etc/kubernetes/controller-manager.conf',
  '/etc/kubernetes/scheduler.conf',
  '/etc/kubernetes/pki',
  '/var/lib/etcd',
];
/** Credentials that some distributions and some people keep there. */
const OTHER_CREDENTIALS = [
  '/etc/kubernetes/kubeconfig',
  '/etc/rancher/k3s/k3s.yaml',
  '/etc/rancher/rke2/rke2.yaml',
  '/var/lib/kubernetes',
  '/var/lib/minikube/certs/apiserver.key',
  '/root/.kube/config',
];
/** Keys and hashes that need one more step, and processes that show their files. */
const MAYBE_CREDENTIALS = ['/etc/shadow', '/root/.ssh', '/home', '/proc'];

/** What whoever reads at a path gains; the surest use first. Rows E10 and E13. */
export function readUse(path: string, node: NodeTraits): PathUse | undefined {
  const over = (targets: readonly string[], inside = false): string | undefined =>
    targets.find((one) => isAtOrAbove(path, one) || (inside && isAtOrBelow(path, one)));
  const control = over(CONTROL_PLANE_CREDENTIALS, true);
  if (control !== undefined && node.controlPlane === true) return { target: control };
  const kubelet = over(KUBELET_CREDENTIALS, true);
  if (kubelet !== undefined && !node.eks) return { target: kubelet };
  const other = over(OTHER_CREDENTIALS);
  if (other !== undefined && path === other) return { target: other };
  if (kubelet !== undefined)
    return { target: kubelet, hangsOn: 'the kubelet keeping a credential there; on EKS it asks for a token of the instance role instead' };
  if (control !== undefined)
    return { target: control, hangsOn: `${control} being there, as on nodes of the control plane, and this one is not labelled as such` };
  const maybe = other ?? over(MAYBE_CREDENTIALS, true);
  return maybe === undefined ? undefined : { target: maybe, hangsOn: `what ${maybe} of the node holds` };
}

/** Sockets of container runtimes; a read-only mount does not stop a connection. Source: reference rows E13, E14, and the distributions' documents. */
const RUNTIME_SOCKETS: readonly { readonly path: string; readonly runtime: string }[] = [
  { path: '/run/containerd/containerd.sock', runtime: 'containerd' },
  { path: '/run/crio/crio.sock', runtime: 'cri-o' },
  { path: '/run/cri-dockerd.sock', runtime: 'docker' },
  { path: '/run/docker.sock', runtime: 'docker' },
  { path: '/run/dockershim.sock', runtime: 'docker' },
  { path: '/run/k3s/containerd/containerd.sock', runtime: 'containerd' },
  { path: '/run/k0s/containerd.sock', runtime: 'containerd' },
  { path: '/run/dockershim/dockershim.sock', runtime: 'docker' },
  { path: '/run/podman/podman.sock', runtime: 'podman' },
  { path: '/var/snap/microk8s/common/run/containerd.sock', runtime: 'containerd' },
];

/** Docker runs containerd below itself. */
const isThere = (runtime: string, named: string): boolean => runtime === named || (named === 'docker' && runtime === 'containerd');

/** The socket of a runtime at or below a path: that of the node's own where it names one. Row E14. */
export function socketUse(path: string, { runtime: named }: NodeTraits): PathUse | undefined {
  const [first, ...others] = RUNTIME_SOCKETS.filter((socket) => isAtOrAbove(path, socket.path));
  if (first === undefined) return undefined;
  if (named === undefined) return { target: first.path };
  const own = [first, ...others].find(({ runtime }) => isThere(runtime, named));
  if (own !== undefined) return { target: own.path };
  return { target: first.path, hangsOn: `${first.runtime} running on the node as well: the runtime that the node names is ${named}` };
}

/** Kernel settings that name a program which the kernel starts as root of the node. Source: man 5 core, Documentation/admin-guide/sysctl/kernel.rst. */
const KERNEL_PROGRAMS = ['/proc/sys/kernel/core_pattern', '/proc/sys/kernel/modprobe'];

const RECURSIVE =
  'what is mounted below staying writable: /proc is a file system of its own below the read-only mount, and `recursiveReadOnly` is not set';

/**
 * The setting that makes the kernel start a program on the node. Row E8. A read-only mount of what lies above `/proc` leaves `/proc` itself
 * writable, unless it is recursive. Source: https://kubernetes.io/docs/concepts/storage/volumes/#read-only-mounts.
 */
export function corePatternUse(path: string, readOnly: boolean, recursive?: string): PathUse | undefined {
  const target = KERNEL_PROGRAMS.find((one) => isAtOrAbove(path, one));
  if (target === undefined) return undefined;
  if (!readOnly) return { target };
  if (isAtOrBelow(path, '/proc') || recursive === 'Enabled') return undefined;
  return { target, hangsOn: recursive === 'IfPossible' ? 'a runtime that cannot mount recursively read-only' : RECURSIVE };
}

/** Where kubelets look for static pods: kubeadm's place, which GKE and AKS share, and that of other distributions. */
const MANIFESTS = '/etc/kubernetes/manifests';
const OTHER_MANIFESTS = [
  '/etc/kubernetes/static-pods',
  '/var/lib/rancher/k3s/agent/pod-manifests',
  '/var/lib/rancher/rke2/agent/pod-manifests',
];

/** Manifests that the kubelet runs without asking the API server. Row E15. */
export function staticPodUse(path: string, node: NodeTraits): PathUse | undefined {
  if (isAtOrAbove(path, MANIFESTS) || isAtOrBelow(path, MANIFESTS))
    return node.eks ? { target: MANIFESTS, hangsOn: 'the kubelet running static pods, which EKS does not set up' } : { target: MANIFESTS };
  const other = OTHER_MANIFESTS.find((one) => isAtOrAbove(path, one) || isAtOrBelow(path, one));
  if (other === undefined) return undefined;
  return isAtOrBelow(path, other)
    ? { target: other }
    : { target: other, hangsOn: `the kubelet of the node looking for static pods in ${other}` };
}

/** The folder from which the kubelet answers requests for logs, following links. Row E9. */
export function logUse(path: string): PathUse | undefined {
  return isAtOrAbove(path, '/var/log/pods') || isAtOrBelow(path, '/var/log/pods') ? { target: '/var/log/pods' } : undefined;
}

/** Folders in which kubelets keep the volumes of their pods. */
const KUBELET_PODS = '/var/lib/kubelet/pods';
const OTHER_KUBELET_PODS = ['/var/snap/microk8s/common/var/lib/kubelet/pods', '/var/lib/k0s/kubelet/pods'];

/** The volumes of the pods on the node, with their tokens and secrets, to read or to write. Row E12. */
export function kubeletVolumesUse(path: string): PathUse | undefined {
  if (isAtOrAbove(path, KUBELET_PODS)) return { target: KUBELET_PODS };
  if (isAtOrBelow(path, KUBELET_PODS)) return { target: path, hangsOn: `which pod ${path} belongs to, and that it still runs` };
  const other = OTHER_KUBELET_PODS.find((one) => isAtOrAbove(path, one));
  if (other === undefined) return undefined;
  return path === other ? { target: other } : { target: other, hangsOn: `the kubelet of the node keeping its pods in ${other}` };
}
