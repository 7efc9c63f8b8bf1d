/** What a mounted path of the node is good for. */
export type HostPathUse =
  | { readonly kind: 'socket'; readonly target: string }
  | { readonly kind: 'write'; readonly target: string; readonly certain: boolean }
  | { readonly kind: 'read'; readonly target: string; readonly certain: boolean };

/** Sockets of container runtimes; a read-only mount does not stop a connection. Source: reference rows E13, E14 (IceKube, kubesplaining). */
const RUNTIME_SOCKETS = [
  '/run/containerd/containerd.sock',
  '/run/crio/crio.sock',
  '/run/cri-dockerd.sock',
  '/run/docker.sock',
  '/run/dockershim.sock',
  '/run/k3s/containerd/containerd.sock',
  '/run/podman/podman.sock',
];

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
  '/etc/kubernetes/manifests',
  '/etc/profile.d',
  '/etc/init.d',
  '/etc/pam.d',
  '/etc/ssh',
  '/etc/sudoers.d',
  '/root',
  '/var/spool/cron',
  '/proc/sys/kernel',
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
  '/var/lib/kubelet/pods',
  '/var/lib/containerd',
  '/var/lib/docker',
  '/var/lib/containers',
  '/var/lib/etcd',
];

/** Writing somewhere in these may be enough; it hangs on what the node does with the place. */
const MAYBE_OBEYED_INSIDE = [
  '/etc',
  '/usr',
  '/lib',
  '/lib64',
  '/opt',
  '/home',
  '/sys',
  '/dev',
  '/proc',
  '/var/lib/containerd',
  '/var/lib/docker',
  '/var/lib/kubelet/plugins_registry',
  '/var/lib/kubelet/device-plugins',
];

/** Folders of monitoring agents and debug files: the node obeys nothing there. Source: reference row E11 (KubeHound's list of safe paths). */
const NOT_OBEYED = ['/etc/datadog', '/etc/datadog-agent', '/opt/datadog', '/opt/datadog-agent', '/sys/kernel/debug'];

/** Who reads these acts as the node, or as every pod on it. */
const CREDENTIALS = [
  '/var/lib/kubelet/pki',
  '/var/lib/kubelet/kubeconfig',
  '/var/lib/kubelet/pods',
  '/etc/kubernetes/admin.conf',
  '/etc/kubernetes/kubelet.conf',
  '/etc/kubernetes/pki',
  '/etc/kubernetes/kubeconfig',
  '/var/lib/etcd',
  '/var/lib/kubernetes',
  '/etc/rancher/k3s/k3s.yaml',
  '/var/lib/minikube/certs/apiserver.key',
  '/root/.kube/config',
];

/** Keys and hashes that need one more step; of one pod's folder, that it still runs and has a token. */
const MAYBE_CREDENTIALS = ['/etc/shadow', '/root/.ssh', '/home', '/proc', '/var/lib/kubelet/pods'];

const segments = (path: string): string[] => path.split('/').filter((segment) => segment !== '' && segment !== '.');

/** The path below a mount's hostPath that the container really sees. */
export function effectivePath(hostPath: string, subPath = ''): string {
  return `/${[...segments(hostPath), ...segments(subPath)].join('/')}`;
}

const isAtOrAbove = (path: string, target: string): boolean => path === '/' || path === target || target.startsWith(`${path}/`);
const isAtOrBelow = (path: string, target: string): boolean => path === target || path.startsWith(`${target}/`);

function socketAt(path: string): string | undefined {
  return RUNTIME_SOCKETS.find((socket) => isAtOrAbove(path, socket));
}

function writeAt(path: string): HostPathUse | undefined {
  const target =
    OBEYED_INSIDE.find((one) => isAtOrAbove(path, one) || isAtOrBelow(path, one)) ?? OBEYED_WHOLE.find((one) => isAtOrAbove(path, one));
  if (target !== undefined) return { kind: 'write', target, certain: true };
  if (NOT_OBEYED.some((one) => isAtOrBelow(path, one))) return undefined;
  const maybe = MAYBE_OBEYED_INSIDE.find((one) => isAtOrBelow(path, one));
  return maybe === undefined ? undefined : { kind: 'write', target: path, certain: false };
}

function readAt(path: string): HostPathUse | undefined {
  const target = CREDENTIALS.find((one) => isAtOrAbove(path, one) || (one === '/etc/kubernetes/pki' && isAtOrBelow(path, one)));
  if (target !== undefined) return { kind: 'read', target, certain: true };
  const maybe = MAYBE_CREDENTIALS.find((one) => isAtOrAbove(path, one) || isAtOrBelow(path, one));
  return maybe === undefined ? undefined : { kind: 'read', target: maybe, certain: false };
}

/**
 * What a container gains by a path of the node, best first; nothing for paths that hold only data (`/var/log`, `/mnt/…`, `/tmp`).
 * Source: reference/kubernetes-attack-edges.md rows E8, E10 to E15, and where they disagree the narrower one.
 */
export function hostPathUses(path: string, readOnly: boolean): readonly HostPathUse[] {
  // On a node /var/run is a link to /run; the kubelet follows it when the mount starts there.
  const resolved = isAtOrBelow(path, '/var/run') ? path.slice('/var'.length) : path;
  const socket = socketAt(resolved);
  const uses = [
    socket === undefined ? undefined : ({ kind: 'socket', target: socket } as const),
    readOnly ? undefined : writeAt(resolved),
    readAt(resolved),
  ].filter((use): use is HostPathUse => use !== undefined);
  const isSure = (use: HostPathUse): boolean => use.kind === 'socket' || use.certain;
  return [...uses.filter(isSure), ...uses.filter((use) => !isSure(use))];
}
