import type { AwsOrganization, AwsRole, AwsUser, ServiceControlPolicy } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import type { AwsIndex } from './aws-index.ts';
import { type CompiledPolicy, compiledPolicy } from './policy.ts';
import type { PlacedPolicy, PolicySet } from './policy-set.ts';
import { isRole } from './principal-policies.ts';

/** An organisation is at most five units deep; more is a cycle in what was read. */
const DEEPEST = 16;

/** AWS' own policy that every target has until somebody takes it away; its content is known without reading it. */
const FULL_ACCESS = 'p-FullAWSAccess';

const everything: CompiledPolicy = compiledPolicy({
  version: '2012-10-17',
  statements: [{ index: 0, effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] }],
});

const remembered = new WeakMap<AwsOrganization, Map<string, readonly PolicySet[]>>();

/**
 * The service control policies that limit a principal, one set for each level from its account up to the root: every level has to allow,
 * and a Deny of any level denies. Empty where nothing limits it: no organisation was read (the inventory has a gap for that; else every
 * answer would hang on it), the account manages the organisation or belongs to none, or the role is linked to a service. A level that was not read is a set
 * that may allow and may deny.
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function serviceControlLevels(index: AwsIndex, principal: AwsRole | AwsUser): readonly PolicySet[] {
  const { organization } = index;
  if (organization === undefined || index.accountsWithoutOrganization.has(principal.account)) return [];
  if (principal.account === managementAccount(organization)) return [];
  if (isRole(principal) && principal.path.startsWith('/aws-service-role/')) return [];
  let accounts = remembered.get(organization);
  if (accounts === undefined) {
    accounts = new Map();
    remembered.set(organization, accounts);
  }
  let levels = accounts.get(principal.account);
  if (levels === undefined) {
    levels = levelsOf(organization, principal.account);
    accounts.set(principal.account, levels);
  }
  return levels;
}

/** Whether the account is known to belong to the organisation. */
export function inOrganization(organization: AwsOrganization, account: string): boolean {
  return organization.parents.has(account) || organization.attachments.has(account) || account === managementAccount(organization);
}

/** The organisation's own policies carry the account that manages it in their ARNs. */
function managementAccount(organization: AwsOrganization): string | undefined {
  if (organization.managementAccount !== undefined) return organization.managementAccount;
  const own = organization.policies.find((policy) => policy.arn !== undefined && splitArn(policy.arn)?.account !== 'aws');
  return own?.arn === undefined ? undefined : splitArn(own.arn)?.account;
}

function levelsOf(organization: AwsOrganization, account: string): readonly PolicySet[] {
  const byId = new Map(organization.policies.map((policy) => [policy.id, policy]));
  const levels: PolicySet[] = [];
  let target: string | undefined = account;
  for (let depth = 0; target !== undefined && depth < DEEPEST; depth += 1) {
    levels.push(levelOf(organization, target, byId));
    const parent: string | undefined = organization.parents.get(target);
    if (parent === undefined && !target.startsWith('r-'))
      levels.push({ policies: [], unread: [`the service control policies above ${target}`] });
    target = parent;
  }
  return levels;
}

function levelOf(organization: AwsOrganization, target: string, byId: ReadonlyMap<string, ServiceControlPolicy>): PolicySet {
  const attached = organization.attachments.get(target);
  if (attached === undefined) return { policies: [], unread: [`the service control policies of ${target}`] };
  const policies: PlacedPolicy[] = [];
  const unread: string[] = [];
  for (const id of attached) {
    const policy = byId.get(id);
    const compiled = policy?.document === undefined ? (id === FULL_ACCESS ? everything : undefined) : compiledPolicy(policy.document);
    const name = policy?.name ?? id;
    if (compiled === undefined) unread.push(`the service control policy ${name}`);
    else policies.push({ policy: name, kind: 'scp', label: `SCP ${name}`, pointer: '/Policy/Content', opaque: true, compiled });
  }
  return { policies, unread };
}
