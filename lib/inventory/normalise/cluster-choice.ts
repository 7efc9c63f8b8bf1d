import type { AwsInstance } from '../aws.ts';
import type { AzureFederatedCredential } from '../azure.ts';
import type { Cluster } from '../inventory.ts';
import type { Node, ServiceAccount } from '../kubernetes.ts';
import { type ClusterCandidate, clusterCandidates, isNamed, type ManagedClusters, sameIssuer } from './cluster-candidates.ts';
import { nodeEvidence } from './cluster-evidence.ts';
import {
  type ClusterGap,
  contradictionGap,
  guessGap,
  notFoundGap,
  severalClustersGap,
  severalIssuersGap,
  severalSourcesGap,
  versionGap,
} from './cluster-gaps.ts';
import { guessByCredentials, guessByPath } from './cluster-guess.ts';

/** What the sources said of the cluster. Sets, because several files may say it, and not the same. */
export interface ClusterClaims {
  readonly issuers: ReadonlySet<string>;
  readonly versions: ReadonlySet<string>;
  readonly servers: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** Uids of the namespace kube-system. */
  readonly uids: ReadonlySet<string>;
  readonly managed: ManagedClusters;
  readonly instances: readonly AwsInstance[];
  readonly credentials: readonly AzureFederatedCredential[];
  readonly nodes: readonly Node[];
  readonly serviceAccounts: readonly Pick<ServiceAccount, 'namespace' | 'name'>[];
  /** Paths that the objects were read from. */
  readonly paths: ReadonlySet<string>;
  /** Name, ARN, selfLink, resource id or issuer that a person asked for. */
  readonly asked?: string;
}

interface Choice {
  readonly issuer?: string;
  /** At most one of each cloud. */
  readonly chosen: readonly ClusterCandidate[];
  readonly gaps: readonly ClusterGap[];
}

/**
 * Which cluster the Kubernetes objects are of: what was asked for, else the OIDC discovery document, else what the nodes say, else the
 * one cluster of the account data, else a guess, which is said. What contradicts or stays open becomes a gap.
 */
export function chooseCluster(claims: ClusterClaims): { readonly cluster: Cluster; readonly gaps: readonly ClusterGap[] } {
  const choice = choose(claims, clusterCandidates(claims.managed));
  const version = onlyOf(claims.versions);
  const server = onlyOf(claims.servers);
  const name = choice.chosen[0]?.name ?? onlyOf(claims.names);
  const idOf = (cloud: ClusterCandidate['cloud']): string | undefined => choice.chosen.find((one) => one.cloud === cloud)?.id;
  const [eks, gke, aks] = [idOf('eks'), idOf('gke'), idOf('aks')];
  return {
    cluster: {
      ...(name === undefined ? {} : { name }),
      ...(server === undefined ? {} : { server }),
      ...(choice.issuer === undefined ? {} : { issuer: choice.issuer }),
      ...(version === undefined ? {} : { version }),
      ...(eks === undefined ? {} : { eksClusterArn: eks }),
      ...(gke === undefined ? {} : { gkeSelfLink: gke }),
      ...(aks === undefined ? {} : { aksClusterId: aks }),
    },
    gaps: [
      ...choice.gaps,
      ...(claims.versions.size > 1 ? [versionGap(claims.versions)] : []),
      ...(claims.uids.size > 1 ? [severalSourcesGap(claims.uids.size)] : []),
    ],
  };
}

function choose(claims: ClusterClaims, candidates: readonly ClusterCandidate[]): Choice {
  const { asked, issuers } = claims;
  if (asked !== undefined && asked !== '') return askedChoice(claims, candidates, asked);
  if (issuers.size > 1) return { chosen: [], gaps: [contradictionGap(issuers)] };
  const said = onlyOf(issuers);
  return said === undefined ? evidentChoice(claims, candidates) : saidChoice(said, candidates, []);
}

function askedChoice(claims: ClusterClaims, candidates: readonly ClusterCandidate[], asked: string): Choice {
  const chosen = candidates.filter((candidate) => isNamed(candidate, asked));
  if (!isOneOfEach(chosen)) return { chosen: [], gaps: [severalClustersGap(chosen)] };
  const said = [...claims.issuers];
  if (chosen.length === 0) {
    const same = said.find((issuer) => sameIssuer(issuer, asked)) ?? (asked.startsWith('https://') ? asked : undefined);
    if (same !== undefined) return saidChoice(same, candidates, against(same, said));
    const only = onlyOf(claims.issuers);
    const gap = notFoundGap(asked, undefined);
    return only === undefined ? { chosen: [], gaps: [gap] } : saidChoice(only, candidates, [gap]);
  }
  const issued = withIssuer(chosen, claims);
  if (issued.issuer !== undefined) return { ...issued, gaps: [...issued.gaps, ...against(issued.issuer, said)] };
  const only = onlyOf(claims.issuers);
  return { ...issued, ...(only === undefined ? {} : { issuer: only }), gaps: only === undefined ? [notFoundGap(asked, chosen[0])] : [] };
}

/** The discovery documents are all of other issuers than the one that is taken. */
function against(issuer: string, said: readonly string[]): ClusterGap[] {
  return said.length === 0 || said.some((other) => sameIssuer(other, issuer)) ? [] : [contradictionGap(new Set([issuer, ...said]))];
}

/** The issuer is known: clusters of other issuers are others. */
function saidChoice(issuer: string, candidates: readonly ClusterCandidate[], gaps: readonly ClusterGap[]): Choice {
  const same = candidates.filter((candidate) => candidate.issuer !== undefined && sameIssuer(candidate.issuer, issuer));
  return { issuer, chosen: same.slice(0, 1), gaps };
}

function evidentChoice(claims: ClusterClaims, candidates: readonly ClusterCandidate[]): Choice {
  const { clouds, fitting, named } = nodeEvidence(claims.nodes, candidates, claims.instances);
  if (named !== undefined) return withIssuer([named], claims);
  const possible = clouds.size === 0 ? candidates : fitting;
  if (possible.length === 0) return { chosen: [], gaps: [] };
  const isSameName = possible.every(({ name }) => name === possible[0]?.name);
  if (isSameName && isOneOfEach(possible)) return withIssuer(possible, claims);
  const accounts = new Set(claims.serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`));
  const guess = guessByPath(possible, [...claims.paths].sort()) ?? guessByCredentials(possible, claims.credentials, accounts);
  if (guess === undefined || !isOneOfEach(guess.candidates))
    return { chosen: [], gaps: [severalClustersGap(guess?.candidates ?? possible)] };
  const choice = withIssuer(guess.candidates, claims);
  return { ...choice, gaps: [...choice.gaps, guessGap(guess, possible.length)] };
}

/** One cluster may be known to several clouds; its tokens have one issuer, which the discovery document, else the nodes' cloud, decides. */
function withIssuer(chosen: readonly ClusterCandidate[], { instances, issuers, nodes }: ClusterClaims): Choice {
  const known = chosen.filter(({ issuer }) => issuer !== undefined);
  const said = known.find(({ issuer }) => [...issuers].some((one) => sameIssuer(one, issuer ?? '')));
  const { clouds } = nodeEvidence(nodes, chosen, instances);
  const taken = said ?? known.find(({ cloud }) => clouds.has(cloud)) ?? known[0];
  const isOpen = said === undefined && clouds.size !== 1 && known.length > 1;
  const ordered = taken === undefined ? chosen : [taken, ...chosen.filter((candidate) => candidate !== taken)];
  return {
    ...(taken?.issuer === undefined ? {} : { issuer: taken.issuer }),
    chosen: ordered,
    gaps: isOpen && taken !== undefined ? [severalIssuersGap(taken, known)] : [],
  };
}

function isOneOfEach(candidates: readonly ClusterCandidate[]): boolean {
  return new Set(candidates.map(({ cloud }) => cloud)).size === candidates.length;
}

function onlyOf(values: ReadonlySet<string>): string | undefined {
  const [first] = values;
  return values.size === 1 ? first : undefined;
}
