import type { AwsManagedPolicy, AwsOidcProvider, AwsRole } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { type CompiledPolicy, compilePolicy } from './policy.ts';

/** The account data of one inventory, ready for questions. */
export interface AwsIndex {
  /** The cluster's issuer without its scheme, as IAM writes it. Undefined: not known. */
  readonly issuer?: string;
  readonly roles: ReadonlyMap<string, AwsRole>;
  /** Trust policies by role ARN. */
  readonly trust: ReadonlyMap<string, CompiledPolicy>;
  readonly providers: ReadonlyMap<string, AwsOidcProvider>;
  readonly managedPolicies: ReadonlyMap<string, AwsManagedPolicy>;
  /** Accounts whose roles were read whole. */
  readonly accounts: ReadonlySet<string>;
  /** Accounts whose OIDC providers were listed. */
  readonly accountsWithProviders: ReadonlySet<string>;
}

/** Reads every trust policy once. */
export function indexAws(inventory: Pick<Inventory, 'aws' | 'cluster'>): AwsIndex {
  const { aws, cluster } = inventory;
  const issuer = cluster.issuer?.replace(/^https:\/\//, '');
  return {
    ...(issuer === undefined || issuer === '' ? {} : { issuer }),
    roles: new Map(aws.roles.map((role) => [role.arn, role])),
    trust: new Map(aws.roles.map((role) => [role.arn, compilePolicy(role.trust)])),
    providers: new Map(aws.oidcProviders.map((provider) => [provider.arn, provider])),
    managedPolicies: new Map(aws.managedPolicies.map((policy) => [policy.arn, policy])),
    accounts: new Set(aws.accounts),
    accountsWithProviders: new Set(aws.accountsWithProviders),
  };
}

/** Whether the text is the ARN of an IAM role, in any partition. */
export function isRoleArn(text: string): boolean {
  const arn = splitArn(text);
  if (arn === undefined || !/^aws[a-z-]*$/.test(arn.partition) || arn.service !== 'iam' || arn.region !== '') return false;
  return /^\d{12}$/.test(arn.account) && /^role\/(?:[\x21-\x7e]*\/)?[\w+=,.@-]{1,64}$/.test(arn.resource);
}
