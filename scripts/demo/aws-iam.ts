import { MANAGED_POLICIES, type ManagedPolicyPlan, managedPolicyArn } from './aws-managed-policies.ts';
import { AWS_ROLES, type RolePlan } from './aws-roles.ts';
import { ACCOUNT, CLUSTER_NAME, DATA_ACCOUNT, ISSUER_HOST_PATH } from './company.ts';
import type { JsonObject } from './json.ts';
import { iamId, moment } from './naming.ts';

const CREATED = '2025-11-18T09:00:00Z';

function at(seed: string): string {
  return `${moment(seed, CREATED, 200).slice(0, 19)}+00:00`;
}

function attachment(name: string): JsonObject {
  const plan = MANAGED_POLICIES.find((policy) => policy.name === name);
  if (plan === undefined) throw new Error(`no managed policy \`${name}\`: add it to aws-managed-policies.ts`);
  return { PolicyName: name, PolicyArn: managedPolicyArn(plan) };
}

function roleHead(account: string, plan: RolePlan): JsonObject {
  return {
    Path: '/',
    RoleName: plan.name,
    RoleId: iamId('AROA', `${account} ${plan.name}`),
    Arn: `arn:aws:iam::${account}:role/${plan.name}`,
    CreateDate: at(`role ${plan.name}`),
    AssumeRolePolicyDocument: plan.trust,
  };
}

function instanceProfile(account: string, plan: RolePlan): JsonObject {
  return {
    Path: '/',
    InstanceProfileName: plan.name,
    InstanceProfileId: iamId('AIPA', `${account} ${plan.name}`),
    Arn: `arn:aws:iam::${account}:instance-profile/${plan.name}`,
    CreateDate: at(`profile ${plan.name}`),
    Roles: [roleHead(account, plan)],
  };
}

function roleDetail(account: string, plan: RolePlan): JsonObject {
  return {
    ...roleHead(account, plan),
    InstanceProfileList: plan.instanceProfile === true ? [instanceProfile(account, plan)] : [],
    RolePolicyList: Object.entries(plan.inline ?? {}).map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument })),
    AttachedManagedPolicies: (plan.attached ?? []).map(attachment),
    Tags: [{ Key: 'managed-by', Value: 'terraform' }],
    RoleLastUsed: {},
  };
}

function policyDetail(plan: ManagedPolicyPlan, roles: readonly RolePlan[]): JsonObject {
  const created = at(`policy ${plan.name}`);
  return {
    PolicyName: plan.name,
    PolicyId: iamId('ANPA', plan.name),
    Arn: managedPolicyArn(plan),
    Path: plan.path,
    DefaultVersionId: plan.version,
    AttachmentCount: roles.filter((role) => role.attached?.includes(plan.name) === true).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: created,
    UpdateDate: created,
    PolicyVersionList: [{ Document: plan.document, VersionId: plan.version, IsDefaultVersion: true, CreateDate: created }],
  };
}

function authorizationDetails(account: string): JsonObject {
  const roles = AWS_ROLES.get(account) ?? [];
  const attached = new Set(roles.flatMap((role) => role.attached ?? []));
  return {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: roles.map((role) => roleDetail(account, role)),
    Policies: MANAGED_POLICIES.filter((policy) => attached.has(policy.name)).map((policy) => policyDetail(policy, roles)),
  };
}

/** OIDC providers by account, each with the audiences that it takes. */
const PROVIDERS: ReadonlyMap<string, readonly string[]> = new Map([
  [ACCOUNT, [ISSUER_HOST_PATH, 'token.actions.githubusercontent.com']],
  [DATA_ACCOUNT, [ISSUER_HOST_PATH]],
]);

function provider(account: string, url: string): JsonObject {
  return {
    Url: url,
    ClientIDList: ['sts.amazonaws.com'],
    ThumbprintList: ['9e99a48a9960b14926bb7f3b02e22da2b0ab7280'],
    CreateDate: at(`provider ${account} ${url}`),
    Tags: url === ISSUER_HOST_PATH ? [{ Key: 'cluster', Value: CLUSTER_NAME }] : [],
  };
}

/** What `aws iam …` and `aws sts get-caller-identity` answer about one account, by path below the account's folder. */
export function iamAnswers(account: string): ReadonlyMap<string, JsonObject> {
  const urls = PROVIDERS.get(account) ?? [];
  const profiles = (AWS_ROLES.get(account) ?? [])
    .filter((role) => role.instanceProfile === true)
    .map((role) => instanceProfile(account, role));
  return new Map<string, JsonObject>([
    ['iam-get-account-authorization-details.json', authorizationDetails(account)],
    ['iam-list-instance-profiles.json', { InstanceProfiles: profiles }],
    [
      'iam-list-open-id-connect-providers.json',
      { OpenIDConnectProviderList: urls.map((url) => ({ Arn: `arn:aws:iam::${account}:oidc-provider/${url}` })) },
    ],
    ...urls.map((url): [string, JsonObject] => [
      `iam-get-open-id-connect-provider/${url.replaceAll('/', '_')}.json`,
      provider(account, url),
    ]),
    [
      'sts-get-caller-identity.json',
      {
        UserId: `${iamId('AROA', `${account} auditor`)}:audit`,
        Account: account,
        Arn: `arn:aws:sts::${account}:assumed-role/fernwood-audit/audit`,
      },
    ],
  ]);
}
