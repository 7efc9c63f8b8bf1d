import type { AwsInstance } from '../aws.ts';
import type { Node } from '../kubernetes.ts';
import type { ClusterCandidate, ClusterCloud } from './cluster-candidates.ts';

/** What the nodes say of their cluster. */
export interface NodeEvidence {
  /** Clouds that the nodes run in; empty: they do not say. */
  readonly clouds: ReadonlySet<ClusterCloud>;
  /** Candidates that may be it, as far as the nodes' places say. */
  readonly fitting: readonly ClusterCandidate[];
  /** The one that the nodes name. */
  readonly named?: ClusterCandidate;
}

/** Where a node is and what it is called, without what differs from node to node: there are few of these, however many nodes. */
type Trace =
  | { readonly cloud: 'eks'; readonly zone: string; readonly names: readonly string[] }
  | { readonly cloud: 'gke'; readonly project: string; readonly zone: string; readonly stem: string; readonly pool: string }
  | { readonly cloud: 'aks'; readonly subscription: string; readonly group: string };

const EKS_NODE = /^aws:\/\/\/([a-z0-9-]{1,40})\/([A-Za-z0-9-]{1,80})/;
const GKE_NODE = /^gce:\/\/([^/]{1,100})\/([a-z0-9-]{1,40})\/([^/]{1,120})$/;
const AKS_NODE = /^azure:\/\/\/subscriptions\/([^/]{1,80})\/resourceGroups\/([^/]{1,120})\//i;
/** `gke-CLUSTER-POOL-HASH-SUFFIX`. https://cloud.google.com/kubernetes-engine/docs/concepts/node-pools */
const GKE_NODE_NAME = /^gke-(.{1,100})-[0-9a-f]{6,10}-[0-9a-z]{4}$/;
/** More kinds of node than any cluster has; names come from outside, and each is compared with each cluster. */
const TRACES_MAX = 1000;
/** Longest label value; Azure cuts the name of the resource group there. */
const LABEL_MAX = 63;

/**
 * Which of the candidates the nodes are of, by `spec.providerID` (written by each cloud's cloud-controller-manager), node names on GKE,
 * the label kubernetes.azure.com/cluster on AKS, and on EKS the cluster's name on instances and eksctl's label.
 */
export function nodeEvidence(
  nodes: readonly Node[],
  candidates: readonly ClusterCandidate[],
  instances: readonly AwsInstance[],
): NodeEvidence {
  const traces = tracesOf(nodes, new Map(instances.map((instance) => [instance.id, instance])));
  if (traces.length === 0) return { clouds: new Set(), fitting: candidates };
  const clouds = new Set(traces.map(({ cloud }) => cloud));
  const fitting = candidates.filter((candidate) => traces.some((trace) => isPlaceOf(trace, candidate)));
  const named = new Set(traces.map((trace) => namedBy(trace, fitting)));
  const [only] = named;
  return { clouds, fitting, ...(named.size === 1 && only !== undefined ? { named: only } : {}) };
}

function tracesOf(nodes: readonly Node[], instances: ReadonlyMap<string, AwsInstance>): Trace[] {
  const traces = new Map<string, Trace>();
  for (const node of nodes) {
    if (traces.size >= TRACES_MAX) break;
    const trace = traceOf(node, instances);
    if (trace !== undefined) traces.set(JSON.stringify(trace), trace);
  }
  return [...traces.values()];
}

function traceOf({ labels, name, providerID = '' }: Node, instances: ReadonlyMap<string, AwsInstance>): Trace | undefined {
  const eks = EKS_NODE.exec(providerID);
  if (eks !== null) {
    const names = [labels.get('alpha.eksctl.io/cluster-name'), ...clusterTags(instances.get(eks[2] ?? ''))];
    return { cloud: 'eks', zone: eks[1] ?? '', names: [...new Set(names.filter((one) => one !== undefined))].sort() };
  }
  const gke = GKE_NODE.exec(providerID);
  const pool = labels.get('cloud.google.com/gke-nodepool') ?? '';
  if (gke !== null)
    return { cloud: 'gke', project: gke[1] ?? '', zone: gke[2] ?? '', stem: GKE_NODE_NAME.exec(gke[3] ?? name)?.[1] ?? '', pool };
  const aks = AKS_NODE.exec(providerID);
  const group = labels.get('kubernetes.azure.com/cluster');
  if (aks !== null) return { cloud: 'aks', subscription: (aks[1] ?? '').toLowerCase(), group: (aks[2] ?? '').toLowerCase() };
  return group === undefined ? undefined : { cloud: 'aks', subscription: '', group: group.toLowerCase() };
}

/** https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html */
function clusterTags(instance: AwsInstance | undefined): string[] {
  const names: string[] = [];
  for (const [key, value] of instance?.tags ?? []) {
    if (key === 'eks:cluster-name' || key === 'aws:eks:cluster-name') names.push(value);
    else if (key.startsWith('kubernetes.io/cluster/')) names.push(key.slice('kubernetes.io/cluster/'.length));
  }
  return names;
}

function isPlaceOf(trace: Trace, candidate: ClusterCandidate): boolean {
  if (trace.cloud !== candidate.cloud) return false;
  if (trace.cloud === 'aks') return isGroupOf(trace, candidate);
  const isNear = candidate.location === undefined || trace.zone.startsWith(candidate.location);
  return isNear && (trace.cloud === 'eks' || trace.project === candidate.project);
}

function isGroupOf({ group, subscription }: Trace & { readonly cloud: 'aks' }, { id, nodeResourceGroup }: ClusterCandidate): boolean {
  const own = nodeResourceGroup?.toLowerCase();
  if (own === undefined || !id.toLowerCase().startsWith(`/subscriptions/${subscription}`)) return false;
  return own === group || (group.length === LABEL_MAX && own.startsWith(group));
}

function namedBy(trace: Trace, fitting: readonly ClusterCandidate[]): ClusterCandidate | undefined {
  const near = fitting.filter((candidate) => isPlaceOf(trace, candidate));
  if (trace.cloud === 'eks') return onlyOf(near.filter(({ name }) => trace.names.includes(name)));
  if (trace.cloud === 'aks') return onlyOf(near);
  const exact = near.filter(({ name }) => trace.stem === `${name}-${trace.pool}`);
  if (exact.length > 0) return onlyOf(exact);
  const begun = near.filter(({ name }) => trace.stem.startsWith(`${name}-`));
  const longest = Math.max(0, ...begun.map(({ name }) => name.length));
  if (begun.length > 0) return onlyOf(begun.filter(({ name }) => name.length === longest));
  // A long name is cut on nodes: what stands before the pool begins it.
  const cut = trace.pool !== '' && trace.stem.endsWith(`-${trace.pool}`) ? trace.stem.slice(0, -trace.pool.length - 1) : '';
  return cut === '' ? undefined : onlyOf(near.filter(({ name, pools }) => name.startsWith(cut) && pools?.has(trace.pool) === true));
}

function onlyOf(candidates: readonly ClusterCandidate[]): ClusterCandidate | undefined {
  return candidates.length === 1 ? candidates[0] : undefined;
}
