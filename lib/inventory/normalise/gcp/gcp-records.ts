import type {
  GcpBinding,
  GcpCondition,
  GcpDenyPolicy,
  GcpDenyRule,
  GcpPoolProvider,
  GcpProject,
  GcpRole,
  GcpServiceAccount,
  GkeCluster,
  GkeNodePool,
} from '../../gcp.ts';
import type {
  ClusterAnswer,
  DenyPolicyAnswer,
  PolicyAnswer,
  ProjectAnswer,
  ProviderAnswer,
  RoleAnswer,
  ServiceAccountAnswer,
} from './gcp-shapes.ts';

const optional = <Key extends string, Value>(key: Key, value: Value | null | undefined): { readonly [K in Key]?: Value } =>
  value === undefined || value === null || value === '' ? {} : ({ [key]: value } as { readonly [K in Key]?: Value });

function conditionOf(condition: { title?: string | null | undefined; expression: string } | null | undefined): GcpCondition | undefined {
  return condition === null || condition === undefined
    ? undefined
    : { ...optional('title', condition.title), expression: condition.expression };
}

export function bindingsOf(policy: PolicyAnswer): readonly GcpBinding[] {
  return (policy.bindings ?? []).map(({ role, members, condition }, index) => ({
    index,
    role,
    members: members ?? [],
    ...optional('condition', conditionOf(condition)),
  }));
}

/** `NAME@PROJECT.iam.gserviceaccount.com` says its project; accounts that Google makes say it in `projectId` alone. */
export function serviceAccountOf(account: ServiceAccountAnswer): GcpServiceAccount {
  return {
    email: account.email,
    ...optional('uniqueId', account.uniqueId),
    project: account.projectId ?? projectOfEmail(account.email) ?? '',
    disabled: account.disabled === true,
  };
}

/** `example.com:shop` has accounts `…@shop.example.com.iam.gserviceaccount.com`. */
function projectOfEmail(email: string): string | undefined {
  const match = /@([a-z0-9-]{1,63})((?:\.[a-z0-9-]{1,63}){0,4})\.iam\.gserviceaccount\.com$/.exec(email);
  if (match === null) return undefined;
  return match[2] === '' ? match[1] : `${(match[2] as string).slice(1)}:${match[1]}`;
}

export function roleOf(role: RoleAnswer): GcpRole {
  return {
    name: role.name,
    ...optional('title', role.title),
    ...optional('permissions', role.includedPermissions ?? undefined),
    deleted: role.deleted === true,
    ...(role.stage === 'DISABLED' ? { disabled: true as const } : {}),
  };
}

export function projectOf(project: ProjectAnswer): GcpProject {
  const number = /^projects\/(\d{1,20})$/.exec(project.name ?? '')?.[1] ?? stringOf(project.projectNumber);
  return { id: project.projectId, ...optional('number', number), ...optional('parent', parentOf(project.parent)) };
}

function parentOf(parent: ProjectAnswer['parent']): string | undefined {
  if (parent === null || parent === undefined || typeof parent === 'string') return parent ?? undefined;
  return `${parent.type}s/${parent.id}`;
}

const stringOf = (value: string | number | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : String(value);

// Zonal clusters say `/zones/`; principals and the issuer always say `/locations/`.
const SELF_LINK = /\/projects\/([^/]{1,100})\/(?:locations|zones)\/([^/]{1,100})\/clusters\/([^/]{1,100})$/;

/** Undefined: the link is none of a cluster. */
export function clusterOf(cluster: ClusterAnswer): GkeCluster | undefined {
  const place = SELF_LINK.exec(cluster.selfLink);
  if (place === null) return undefined;
  const [, project = '', location = '', name = ''] = place;
  return {
    selfLink: cluster.selfLink.replace('/zones/', '/locations/'),
    project,
    location,
    name,
    ...optional('workloadPool', cluster.workloadIdentityConfig?.workloadPool ?? cluster.workloadIdentityConfig?.identityNamespace),
    ...optional('endpoint', cluster.endpoint),
    nodePools: (cluster.nodePools ?? []).map(nodePoolOf),
    ...(cluster.autopilot?.enabled === true ? { autopilot: true } : {}),
    ...(cluster.legacyAbac?.enabled === true ? { legacyAbac: true } : {}),
  };
}

/** Before v1 was stable `nodeMetadata` said the same. Source: REST reference of NodeConfig.workloadMetadataConfig. */
const OLD_MODES = new Map([
  ['GKE_METADATA_SERVER', 'GKE_METADATA'],
  ['EXPOSE', 'GCE_METADATA'],
  ['EXPOSED', 'GCE_METADATA'],
]);

function nodePoolOf({ name, config }: NonNullable<ClusterAnswer['nodePools']>[number]): GkeNodePool {
  const said = config?.workloadMetadataConfig;
  const mode = said?.mode ?? OLD_MODES.get(said?.nodeMetadata ?? '') ?? said?.nodeMetadata;
  return {
    name,
    ...optional('metadataMode', mode),
    ...optional('serviceAccount', config?.serviceAccount),
    oauthScopes: config?.oauthScopes ?? [],
  };
}

/** `attachedTo` names projects as the policy does, by number; the collector puts the id in its place. */
export function denyPolicyOf(policy: DenyPolicyAnswer): GcpDenyPolicy | undefined {
  const point = /^policies\/([^/]{1,300})\/denypolicies\/[^/]{1,100}$/.exec(policy.name)?.[1];
  if (point === undefined) return undefined;
  const attachedTo = point.replace(/%2F/gi, '/').replace(/^cloudresourcemanager\.googleapis\.com\//, '');
  return {
    name: policy.name,
    attachedTo,
    ...(policy.rules === null || policy.rules === undefined ? {} : { rules: policy.rules.map(denyRuleOf) }),
  };
}

function denyRuleOf({ description, denyRule }: NonNullable<DenyPolicyAnswer['rules']>[number], index: number): GcpDenyRule {
  return {
    index,
    ...optional('description', description),
    deniedPrincipals: denyRule?.deniedPrincipals ?? [],
    exceptionPrincipals: denyRule?.exceptionPrincipals ?? [],
    deniedPermissions: denyRule?.deniedPermissions ?? [],
    exceptionPermissions: denyRule?.exceptionPermissions ?? [],
    ...optional('denialCondition', conditionOf(denyRule?.denialCondition)),
  };
}

export function providerOf(provider: ProviderAnswer): GcpPoolProvider | undefined {
  const pool = /^(.{1,300})\/providers\/[^/]{1,100}$/.exec(provider.name)?.[1];
  if (pool === undefined) return undefined;
  return {
    name: provider.name,
    pool,
    ...optional('issuer', provider.oidc?.issuerUri),
    allowedAudiences: provider.oidc?.allowedAudiences ?? [],
    attributeMapping: new Map(Object.entries(provider.attributeMapping ?? {})),
    ...optional('attributeCondition', provider.attributeCondition),
    disabled: provider.disabled === true || provider.state === 'DELETED',
  };
}
