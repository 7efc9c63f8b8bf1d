import type { EksCluster } from '../aws.ts';
import type { AksCluster } from '../azure.ts';
import type { GkeCluster } from '../gcp.ts';

export type ClusterCloud = 'eks' | 'gke' | 'aks';

/** A managed cluster of the account data, which the Kubernetes objects may be of. */
export interface ClusterCandidate {
  readonly cloud: ClusterCloud;
  /** ARN, selfLink or resource id. */
  readonly id: string;
  readonly name: string;
  readonly issuer?: string;
  /** Region or zone; undefined: the record does not say. */
  readonly location?: string;
  /** GKE: the project. */
  readonly project?: string;
  /** GKE: names of the node pools. */
  readonly pools?: ReadonlySet<string>;
  /** AKS: where its nodes are. */
  readonly nodeResourceGroup?: string;
}

export interface ManagedClusters {
  readonly eks: readonly EksCluster[];
  readonly gke: readonly GkeCluster[];
  readonly aks: readonly AksCluster[];
}

/** The clusters of all clouds in one form. */
export function clusterCandidates({ eks, gke, aks }: ManagedClusters): ClusterCandidate[] {
  return [...eks.map(fromEks), ...aks.map(fromAks), ...gke.map(fromGke)];
}

function fromEks({ arn, issuer, name, region }: EksCluster): ClusterCandidate {
  return { cloud: 'eks', id: arn, name, location: region, ...(issuer === undefined ? {} : { issuer }) };
}

function fromAks({ id, issuer, name, nodeResourceGroup }: AksCluster): ClusterCandidate {
  return {
    cloud: 'aks',
    id,
    name,
    ...(issuer === undefined ? {} : { issuer }),
    ...(nodeResourceGroup === undefined ? {} : { nodeResourceGroup }),
  };
}

/**
 * The issuer of a GKE cluster is its own URL, with `locations` even for a cluster of one zone, whose selfLink has `zones`.
 * https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters.well-known/getOpenid-configuration
 */
function fromGke({ location, name, nodePools, project, selfLink }: GkeCluster): ClusterCandidate {
  const issuer = `https://container.googleapis.com/v1/projects/${project}/locations/${location}/clusters/${name}`;
  return { cloud: 'gke', id: selfLink, name, issuer, location, project, pools: new Set(nodePools.map((pool) => pool.name)) };
}

/** Whether a person means this cluster by a name, an ARN, a selfLink, a resource id or an issuer. */
export function isNamed(candidate: ClusterCandidate, asked: string): boolean {
  if (candidate.name === asked || candidate.id === asked) return true;
  if (candidate.issuer !== undefined && sameIssuer(candidate.issuer, asked)) return true;
  if (candidate.cloud === 'aks') return candidate.id.toLowerCase() === asked.toLowerCase();
  return candidate.cloud === 'gke' && asked.startsWith('projects/') && candidate.id.endsWith(`/${asked}`);
}

/** IAM prints issuers without their scheme, and people leave out the slash at the end. */
export function sameIssuer(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

function bare(issuer: string): string {
  const name = issuer.startsWith('https://') ? issuer.slice('https://'.length) : issuer;
  return name.endsWith('/') ? name.slice(0, -1) : name;
}
