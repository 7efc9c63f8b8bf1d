import type { Node } from '../../inventory/kubernetes.ts';
import { isVirtual } from '../scheduling/virtual-node.ts';

/** What of a node decides whether a way out of a pod works there. Nodes of which the same is known share one object. */
export interface NodeTraits {
  /** `linux` or `windows`, where the node or its label says so. */
  readonly os?: string;
  /** The operating system, where it ships with SELinux enforcing. */
  readonly enforcesSelinux?: string;
  /** The operating system, where its kernel loads signed modules only. */
  readonly signsModules?: string;
  /** `containerd`, `cri-o` or `docker`, as the kubelet reports it. */
  readonly runtime?: string;
  /** Whether it is labelled as a node of the control plane; undefined: the node was not read. */
  readonly controlPlane?: boolean;
  /** An EKS node: its kubelet asks for a token of the instance role and keeps no certificate of a client on the disk. */
  readonly eks: boolean;
  /** No machine: the cloud runs each pod on one of its own (Fargate, virtual kubelet). */
  readonly isVirtual?: boolean;
}

/** A node of which nothing is known. */
export const UNKNOWN_NODE: NodeTraits = { eks: false };

/** A machine on which the fewest ways out work: those that are certain there are certain on every one. */
export const HARDEST_NODE: NodeTraits = {
  enforcesSelinux: 'its system',
  signsModules: 'its system',
  runtime: 'another',
  controlPlane: false,
  eks: true,
};

/** Source: https://kubernetes.io/docs/reference/labels-annotations-taints/#node-role-kubernetes-io-control-plane; `master` until 1.24. */
export const CONTROL_PLANE_LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

/** Sources: the vendors' documents; Amazon Linux 2023, Flatcar and Ubuntu ship without SELinux or let it only log. */
const ENFORCES_SELINUX = [
  'Red Hat Enterprise Linux',
  'Fedora',
  'CentOS',
  'Rocky Linux',
  'AlmaLinux',
  'Oracle Linux',
  'Bottlerocket',
  'SUSE Linux Enterprise Micro',
  'SUSE Linux Micro',
];

/** Kernel lockdown or a list of module keys. Sources: Google's, AWS' and Sidero's documents of the three. */
const SIGNS_MODULES = ['Container-Optimized OS', 'Bottlerocket', 'Talos'];

const EKS_LABELS = ['eks.amazonaws.com/nodegroup', 'eks.amazonaws.com/compute-type', 'alpha.eksctl.io/nodegroup-name'];

/** `containerd` of `containerd://2.1.0`. */
const runtimeOf = (version: string | undefined): string | undefined => {
  const end = version?.indexOf('://') ?? -1;
  return end > 0 ? version?.slice(0, end).toLowerCase() : undefined;
};

const beginsLike = (names: readonly string[], image: string): string | undefined => names.find((name) => image.startsWith(name));

function read(node: Node): NodeTraits {
  const { labels, osImage = '', operatingSystem, containerRuntimeVersion } = node;
  const os = (operatingSystem || labels.get('kubernetes.io/os') || labels.get('beta.kubernetes.io/os'))?.toLowerCase();
  const selinux = beginsLike(ENFORCES_SELINUX, osImage);
  const signed = beginsLike(SIGNS_MODULES, osImage);
  const runtime = runtimeOf(containerRuntimeVersion);
  return {
    ...(os === undefined ? {} : { os }),
    ...(selinux === undefined ? {} : { enforcesSelinux: selinux }),
    ...(signed === undefined ? {} : { signsModules: signed }),
    ...(runtime === undefined ? {} : { runtime }),
    controlPlane: CONTROL_PLANE_LABELS.some((label) => labels.has(label)),
    eks: EKS_LABELS.some((label) => labels.has(label)),
    ...(isVirtual(node) ? { isVirtual: true } : {}),
  };
}

/** Reads nodes so that those with the same traits share one object, which can then be a key. */
export function nodeTraits(): (node: Node | undefined) => NodeTraits {
  const known = new Map<string, NodeTraits>();
  return (node) => {
    if (node === undefined) return UNKNOWN_NODE;
    const traits = read(node);
    const key = JSON.stringify(traits);
    const same = known.get(key);
    if (same !== undefined) return same;
    known.set(key, traits);
    return traits;
  };
}
