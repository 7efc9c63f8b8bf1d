import type {
  AwsGroup,
  AwsManagedPolicy,
  AwsOidcProvider,
  AwsOrganization,
  AwsResourcePolicy,
  AwsRole,
  AwsUser,
} from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { type CompiledPolicy, compiledPolicy } from './policy.ts';

/** The account data of one inventory, ready for questions. */
export interface AwsIndex {
  /** The cluster's issuer without its scheme, as IAM writes it. Undefined: not known. */
  readonly issuer?: string;
  /** The region that pods of the cluster talk to unless they say otherwise. Undefined: not known. */
  readonly region?: string;
  readonly roles: ReadonlyMap<string, AwsRole>;
  readonly users: ReadonlyMap<string, AwsUser>;
  /** Groups by account and name: `111122223333/developers`. */
  readonly groups: ReadonlyMap<string, AwsGroup>;
  /** Trust policies by role ARN. */
  readonly trust: ReadonlyMap<string, CompiledPolicy>;
  readonly providers: ReadonlyMap<string, AwsOidcProvider>;
  readonly managedPolicies: ReadonlyMap<string, AwsManagedPolicy>;
  /** Policies of resources that were read, by the resource's ARN. */
  readonly resourcePolicies: ReadonlyMap<string, AwsResourcePolicy>;
  /** Undefined: nothing was read of an organisation. */
  readonly organization?: AwsOrganization;
  /** Accounts that belong to no organisation: no service control policy limits them. */
  readonly accountsWithoutOrganization: ReadonlySet<string>;
  /** Accounts whose roles were read whole. */
  readonly accounts: ReadonlySet<string>;
  /** Accounts whose OIDC providers were listed. */
  readonly accountsWithProviders: ReadonlySet<string>;
}

const indexes = new WeakMap<Pick<Inventory, 'aws' | 'cluster'>, AwsIndex>();

/** Reads every trust policy once; the same inventory gets the same index. */
export function indexAws(inventory: Pick<Inventory, 'aws' | 'cluster'>): AwsIndex {
  let index = indexes.get(inventory);
  if (index === undefined) {
    index = makeIndex(inventory);
    indexes.set(inventory, index);
  }
  return index;
}

function makeIndex(inventory: Pick<Inventory, 'aws' | 'cluster'>): AwsIndex {
  const { aws, cluster } = inventory;
  const issuer = cluster.issuer?.replace(/^https:\/\//, '');
  const region = homeRegion(inventory);
  return {
    ...(issuer === undefined || issuer === '' ? {} : { issuer }),
    ...(region === undefined ? {} : { region }),
    ...(aws.organization === undefined ? {} : { organization: aws.organization }),
    roles: new Map(aws.roles.map((role) => [role.arn, role])),
    users: new Map(aws.users.map((user) => [user.arn, user])),
    groups: new Map(aws.groups.map((group) => [`${group.account}/${group.name}`, group])),
    trust: new Map(aws.roles.map((role) => [role.arn, compiledPolicy(role.trust)])),
    providers: new Map(aws.oidcProviders.map((provider) => [provider.arn, provider])),
    managedPolicies: new Map(aws.managedPolicies.map((policy) => [policy.arn, policy])),
    resourcePolicies: new Map(aws.resourcePolicies.map((policy) => [policy.arn, policy])),
    accountsWithoutOrganization: new Set(aws.accountsWithoutOrganization ?? []),
    accounts: new Set(aws.accounts),
    accountsWithProviders: new Set(aws.accountsWithProviders),
  };
}

/** Of the cluster that this is, by its ARN or its issuer's host; else the one region that all clusters of the accounts are in. */
function homeRegion({ aws, cluster }: Pick<Inventory, 'aws' | 'cluster'>): string | undefined {
  const own =
    splitArn(cluster.eksClusterArn ?? '')?.region || /^(?:https:\/\/)?oidc[.-]eks\.([a-z0-9-]{1,40})\./.exec(cluster.issuer ?? '')?.[1];
  if (own) return own;
  const regions = new Set(aws.eksClusters.map((one) => one.region));
  return regions.size === 1 ? [...regions][0] : undefined;
}

/** Whether the text is the ARN of an IAM role, in any partition. */
export function isRoleArn(text: string): boolean {
  const arn = splitArn(text);
  if (arn === undefined || !/^aws[a-z-]*$/.test(arn.partition) || arn.service !== 'iam' || arn.region !== '') return false;
  return /^\d{12}$/.test(arn.account) && /^role\/(?:[\x21-\x7e]*\/)?[\w+=,.@-]{1,64}$/.test(arn.resource);
}
