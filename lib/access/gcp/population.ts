import type { GcpPoolProvider } from '../../inventory/gcp.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import { type CelLookup, type CelProgram, compileCel, judgeCel } from './cel.ts';
import { isOpenValue, openValue } from './cel-value.ts';
import type { GcpIndex } from './gcp-index.ts';
import { gkeCluster, gkeLink, poolOfProject, projectOfLink } from './gke-cluster.ts';
import { type FederatedIdentity, kubernetesIdentity, type PoolName } from './identity.ts';
import type { Judgement } from './judgement.ts';
import type { PoolSelector } from './members.ts';

/** A service account of the cluster as a principal of one pool. */
export interface Resident {
  readonly account: ServiceAccount;
  /** `namespace/name` */
  readonly key: string;
  readonly identity: FederatedIdentity;
  /** What the pool's provider says of letting it in. */
  readonly admitted: Judgement;
}

/** All service accounts of the cluster in one pool, and how their tokens get in. */
export interface Population {
  readonly method: 'gke' | 'federation';
  readonly pool: PoolName;
  /** Audiences that a token may have. */
  readonly audiences: readonly string[];
  readonly provider?: GcpPoolProvider;
  readonly residents: readonly Resident[];
  readonly byKey: ReadonlyMap<string, Resident>;
  /** Residents that a principal of the pool means; those of whom the attribute is not known are among them. */
  meant(who: PoolSelector): readonly Resident[];
}

type Entry = Omit<Population, 'byKey' | 'meant'>;

function populationOf(entry: Entry): Population {
  const bySubject = Map.groupBy(entry.residents, ({ identity }) => identity.subject);
  const byAttribute = new Map<string, ReadonlyMap<string | undefined, readonly Resident[]>>();
  return {
    ...entry,
    byKey: new Map(entry.residents.map((resident) => [resident.key, resident])),
    meant(who) {
      if (who.kind === 'all') return entry.residents;
      if (who.kind === 'subject') return bySubject.get(who.value) ?? [];
      const having = entry.residents.filter(({ identity }) => identity.attributes.has(who.name));
      const groups =
        byAttribute.get(who.name) ?? Map.groupBy(having, ({ identity }) => attributeKey(who.name, identity.attributes.get(who.name)));
      byAttribute.set(who.name, groups);
      return [...(groups.get(attributeKey(who.name, who.value)) ?? []), ...(groups.get(undefined) ?? [])];
    },
  };
}

const attributeKey = (name: string, value: string | undefined): string | undefined =>
  name === 'kubernetes.cluster' ? value?.replace('/zones/', '/locations/') : value;

/** The pool of the cluster's own project; undefined: it is no GKE cluster, or its Workload Identity is off. */
export function gkePopulation(inventory: Inventory, index: GcpIndex): Population | undefined {
  const link = gkeLink(inventory);
  if (link === undefined) return undefined;
  const cluster = gkeCluster(inventory);
  if (cluster !== undefined && cluster.workloadPool === undefined && cluster.autopilot !== true) return undefined;
  const pool = poolOfProject(index, projectOfLink(link), cluster?.workloadPool);
  const residents = inventory.kubernetes.serviceAccounts.map((account): Resident => {
    const { namespace, name, uid } = account;
    const identity = kubernetesIdentity({ pool, namespace, name, cluster: link, ...(uid === undefined ? {} : { uid }) });
    const admitted: Judgement = cluster === undefined ? [`whether Workload Identity is on in ${link}, which was not read`] : true;
    return { account, key: `${namespace}/${name}`, identity, admitted };
  });
  return populationOf({ method: 'gke', pool, audiences: [pool.id], residents });
}

/**
 * One population for each provider that takes the cluster's tokens: its issuer is the cluster's, to the letter.
 * Source: https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes
 */
export function federatedPopulations(inventory: Inventory): readonly Population[] {
  const { issuer } = inventory.cluster;
  if (issuer === undefined) return [];
  return inventory.gcp.poolProviders
    .filter((provider) => provider.issuer === issuer && !provider.disabled)
    .flatMap((provider) => federatedPopulation(inventory, provider) ?? []);
}

const POOL = /^projects\/([^/]{1,100})\/locations\/global\/workloadIdentityPools\/([^/]{1,100})$/;

function federatedPopulation({ kubernetes }: Inventory, provider: GcpPoolProvider): Population | undefined {
  const match = POOL.exec(provider.pool);
  if (match === null) return undefined;
  const pool: PoolName = { id: match[2] as string, number: match[1] as string };
  // Without a list a token's audience is the provider's own name. Source: REST reference of providers, `oidc.allowedAudiences`.
  const audiences = provider.allowedAudiences.length > 0 ? provider.allowedAudiences : [`https://iam.googleapis.com/${provider.name}`];
  const mapping = new Map([...provider.attributeMapping].map(([to, expression]) => [to, compileCel(expression)]));
  const condition = provider.attributeCondition === undefined ? undefined : compileCel(provider.attributeCondition);
  const residents = kubernetes.serviceAccounts.flatMap((account): Resident[] => {
    const claims = claimsOf(account, { issuer: provider.issuer ?? '', audience: audiences.length === 1 ? audiences[0] : undefined });
    const identity = mappedIdentity(pool, mapping, claims);
    if (identity === undefined) return [];
    const admitted = condition === undefined ? true : judgeCel(condition, admissionLookup(claims, identity));
    return admitted === false ? [] : [{ account, key: `${account.namespace}/${account.name}`, identity, admitted }];
  });
  return populationOf({ method: 'federation', pool, audiences, provider, residents });
}

/** Claims of a service account's token, as the API server writes them. Source: pkg/serviceaccount/claims.go */
function claimsOf({ namespace, name, uid }: ServiceAccount, token: { issuer: string; audience: string | undefined }): CelLookup {
  const known = new Map<string, string | undefined>([
    ['assertion.iss', token.issuer],
    ['assertion.sub', `system:serviceaccount:${namespace}:${name}`],
    ['assertion.kubernetes.io.namespace', namespace],
    ['assertion.kubernetes.io.serviceaccount.name', name],
    ['assertion.kubernetes.io.serviceaccount.uid', uid],
  ]);
  return (claim) => {
    if (claim === 'assertion.aud' && token.audience !== undefined) return { items: [token.audience] };
    return known.get(claim) ?? openValue(`the claim ${claim.replace(/^assertion\./, '')} of the token`);
  };
}

/** Undefined: nothing is mapped to `google.subject`, so nobody gets in. Where the mapping is open, so is the attribute. */
function mappedIdentity(pool: PoolName, mapping: ReadonlyMap<string, CelProgram>, claims: CelLookup): FederatedIdentity | undefined {
  const subject = textOf(mapping.get('google.subject'), claims);
  if (subject === undefined) return undefined;
  const attributes = new Map<string, string | undefined>();
  for (const [to, program] of mapping)
    if (to !== 'google.subject') attributes.set(to === 'google.groups' ? 'group' : to, textOf(program, claims));
  return { kind: 'federated', pool, subject, attributes };
}

function textOf(program: CelProgram | undefined, claims: CelLookup): string | undefined {
  const value = program?.(claims);
  return typeof value === 'string' ? value : undefined;
}

/** Attribute conditions see the token and what it was mapped to. */
function admissionLookup(claims: CelLookup, { subject, attributes }: FederatedIdentity): CelLookup {
  return (name) => {
    if (name === 'google.subject') return subject;
    const mapped = attributes.get(name);
    if (mapped !== undefined) return mapped;
    const value = claims(name);
    return typeof value === 'object' && value !== null && isOpenValue(value) && attributes.has(name) ? openValue(name) : value;
  };
}
