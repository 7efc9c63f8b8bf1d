import type { EksAccessEntry, EksCluster } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import type { AwsWorld } from './aws-world.ts';
import type { AwsPrincipal } from './principal-statements.ts';
import { mayHave, type Right, rightTo } from './right.ts';

/**
 * What an EKS access policy gives in its scope, reduced to what leads on in the cluster. Edit and Admin write pods and read secrets;
 * AdminView and SecretReader read secrets; View does neither, nor do those for EKS's own components.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export type PolicyReach = 'cluster-admin' | 'namespace-admin' | 'edit' | 'secrets';

const REACH: ReadonlyMap<string, PolicyReach> = new Map([
  ['AmazonEKSClusterAdminPolicy', 'cluster-admin'],
  ['AmazonEKSAdminPolicy', 'namespace-admin'],
  ['AmazonEKSEditPolicy', 'edit'],
  ['AmazonEKSAdminViewPolicy', 'secrets'],
  ['AmazonEKSSecretReaderPolicy', 'secrets'],
]);

/** What a policy's ARN (`arn:aws:eks::aws:cluster-access-policy/NAME`) gives; undefined: nothing that leads on. */
export function reachOfPolicy(policyArn: string): PolicyReach | undefined {
  return REACH.get(policyArn.slice(policyArn.lastIndexOf('/') + 1));
}

/** Entries of the cluster for people and workloads: nodes and Fargate have types of their own, whose rights are a node's. */
export function standardEntries({ aws, cluster }: Pick<AwsWorld, 'aws' | 'cluster'>): readonly EksAccessEntry[] {
  if (cluster === undefined || cluster.authenticationMode === 'CONFIG_MAP') return [];
  return aws.accessEntries.filter((entry) => (entry.type ?? 'STANDARD') === 'STANDARD' && isOf(entry, cluster));
}

/** Whether an access entry, of any type, is the cluster's. */
export const isOf = (entry: EksAccessEntry, { name, account, region }: EksCluster): boolean =>
  entry.clusterName === name && entry.account === account && entry.region === region;

/** One way for a principal to give itself rights in the cluster through the EKS API. */
export interface ClusterGrant {
  /** `admin`: cluster admin; `groups`: any group whose name does not begin with `system:`, as EKS refuses those. */
  readonly gives: 'admin' | 'groups';
  readonly rights: readonly Right[];
  readonly dependsOn: readonly string[];
  /** The principal's own entry, where the way starts from it. */
  readonly entry?: EksAccessEntry;
}

interface Way {
  readonly gives: ClusterGrant['gives'];
  readonly actions: readonly string[];
  /** Whether it needs an entry of the principal's own. */
  readonly own: boolean;
}

/** The plainest first. Source: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html, …/access-policies.html */
const WAYS: readonly Way[] = [
  { gives: 'admin', actions: ['eks:AssociateAccessPolicy'], own: true },
  { gives: 'admin', actions: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'], own: false },
  { gives: 'groups', actions: ['eks:UpdateAccessEntry'], own: true },
  { gives: 'groups', actions: ['eks:CreateAccessEntry'], own: false },
];

/**
 * How a principal of the cluster's account can let itself into the cluster: access entries of its own or made by it. A cluster that knows
 * only aws-auth has to be switched first (eks:UpdateClusterConfig); where the mode is unknown, the way hangs on it. Other accounts have no
 * way: EKS has no resource policies. The best way of each kind.
 */
export function clusterGrants(world: AwsWorld, principal: AwsPrincipal): readonly ClusterGrant[] {
  const { cluster } = world;
  if (cluster === undefined || cluster.account !== principal.account) return [];
  if (
    !mayHave(world, principal, 'eks:AssociateAccessPolicy') &&
    !mayHave(world, principal, 'eks:CreateAccessEntry') &&
    !mayHave(world, principal, 'eks:UpdateAccessEntry')
  )
    return [];
  const entry = standardEntries(world).find(({ principalArn }) => principalArn === principal.arn);
  const hasAnyEntry = world.aws.accessEntries.some((one) => one.principalArn === principal.arn && isOf(one, cluster));
  const found = new Map<ClusterGrant['gives'], ClusterGrant>();
  for (const way of WAYS) {
    // A principal has one entry at most: whoever has one cannot make another.
    if (way.own ? entry === undefined : hasAnyEntry) continue;
    const grant = grantBy(world, principal, { way, cluster, ...(entry === undefined ? {} : { entry }) });
    const before = found.get(way.gives);
    if (grant !== undefined && (before === undefined || before.dependsOn.length > grant.dependsOn.length)) found.set(way.gives, grant);
  }
  return [...found.values()];
}

function grantBy(
  world: AwsWorld,
  principal: AwsPrincipal,
  { way, cluster, entry }: { readonly way: Way; readonly cluster: EksCluster; readonly entry?: EksAccessEntry },
): ClusterGrant | undefined {
  const actions = cluster.authenticationMode === 'CONFIG_MAP' ? ['eks:UpdateClusterConfig', ...way.actions] : way.actions;
  const rights: Right[] = [];
  for (const action of actions) {
    const right = rightOver(world, principal, { action, cluster, ...(way.own && entry !== undefined ? { entry } : {}) });
    if (right === undefined) return undefined;
    rights.push(right);
  }
  const unknownMode = cluster.authenticationMode === undefined && entry === undefined;
  const dependsOn = [
    ...rights.flatMap((right) => (right.sure ? [] : right.dependsOn)),
    ...(unknownMode
      ? ["the cluster's authentication mode (eks:DescribeCluster): access entries work with API and API_AND_CONFIG_MAP"]
      : []),
  ];
  return { gives: way.gives, rights, dependsOn: [...new Set(dependsOn)], ...(way.own && entry !== undefined ? { entry } : {}) };
}

/** Entries that are changed are resources of their own; what is made is asked of the cluster. Source: the Service Authorization Reference of EKS. */
function rightOver(
  world: AwsWorld,
  principal: AwsPrincipal,
  { action, cluster, entry }: { readonly action: string; readonly cluster: EksCluster; readonly entry?: EksAccessEntry },
): Right | undefined {
  const ofEntry = action === 'eks:AssociateAccessPolicy' || action === 'eks:UpdateAccessEntry';
  const resource = ofEntry ? (entry?.arn ?? newEntryArn(principal, cluster)) : cluster.arn;
  const partition = splitArn(cluster.arn)?.partition ?? 'aws';
  const keys = new Map<string, readonly string[]>([
    ['eks:principalarn', [principal.arn]],
    ['eks:accessentrytype', ['STANDARD']],
  ]);
  if (action === 'eks:AssociateAccessPolicy') {
    keys.set('eks:policyarn', [`arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`]);
    keys.set('eks:accessscope', ['cluster']);
  }
  return rightTo(world, principal, { action, resource, keys });
}

function newEntryArn(principal: AwsPrincipal, cluster: EksCluster): string {
  const kind = 'trust' in principal ? 'role' : 'user';
  return `${cluster.arn.replace(':cluster/', ':access-entry/')}/${kind}/${principal.account}/${principal.name}/00000000-0000-0000-0000-000000000000`;
}
