import type { AwsRole, AwsUser } from '../../inventory/aws.ts';
import { type Arn, splitArn } from '../../inventory/normalise/aws-arn.ts';
import type { AwsIndex } from './aws-index.ts';
import type { RequestContext } from './context.ts';
import { isRole } from './principal-policies.ts';
import { inOrganization } from './service-control.ts';

/** What a request's context is made of. */
export interface RequestFacts {
  readonly principal: AwsRole | AwsUser;
  readonly action: string;
  readonly resource: string;
  /** The resource's parts, for whoever has them already; undefined: taken from `resource`. */
  readonly arn?: Arn | undefined;
  /** The account that the resource belongs to. */
  readonly owner?: string | undefined;
  /** What the asker says of the request. Undefined: nothing, so all that the caller chooses is unknown. */
  readonly stated?: RequestContext | undefined;
}

type Values = readonly string[];

/** Services with one endpoint in a partition: their requests are made to its region. */
const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  'account',
  'budgets',
  'ce',
  'cloudfront',
  'iam',
  'organizations',
  'route53',
  'shield',
  'support',
  'waf',
]);
const GLOBAL_REGION: ReadonlyMap<string, string> = new Map([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
]);

/** Keys that only a request of an AWS service has: a role or a user that asks by itself never sends them. */
const OF_SERVICES: ReadonlySet<string> = new Set([
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
]);

/**
 * What is known of a request's keys. One rule for every question, in this order:
 * 1. What the asker says counts (`stated`).
 * 2. What follows from principal and resource is known: aws:PrincipalArn, -Account, -Type, -OrgID, -OrgPaths, -Tag (of the record), aws:username,
 *    aws:ResourceAccount, -OrgID and the tags of IAM principals as resources.
 * 3. A pod's request goes, unless said otherwise, straight to the service (aws:ViaAWSService is false, keys of services are absent), over TLS
 *    (aws:SecureTransport is true), and to the region of the resource; where its ARN has none, to the partition's own for global services, else
 *    to the region of the cluster, as the SDKs do in a pod whose AWS_REGION is the cluster's.
 * 4. The rest is unknown, or, where the asker stated the caller's choices (`statedContext`), absent but for what is not the caller's choice.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestContext(index: AwsIndex, facts: RequestFacts): RequestContext {
  const { stated } = facts;
  return {
    values: { get: (key) => stated?.values.get(key) ?? statedTag(facts, key) ?? derived(index, facts, key) },
    isAbsent: (key) => surelyAbsent(index, facts, key) || stated?.isAbsent(key) === true,
  };
}

const RESOURCE_TAG = /^([a-z0-9-]{1,40}):resourcetag\/(.*)$/s;

/** A resource's tags go by two names, `aws:ResourceTag/team` and the service's own `secretsmanager:ResourceTag/team`: one that is stated is both. */
function statedTag({ action, stated }: RequestFacts, key: string): Values | undefined {
  if (stated === undefined || !key.includes(':resourcetag/')) return undefined;
  const [, prefix, tag] = RESOURCE_TAG.exec(key) ?? [];
  if (prefix === undefined || tag === undefined) return undefined;
  const service = action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase();
  return stated.values.get(`${prefix === 'aws' ? service : 'aws'}:resourcetag/${tag}`);
}

/** Facts that surround a request or hang on the resource, which nobody chooses by making the request: unknown at rest unless stated. */
const AMBIENT =
  /^(?:aws:(?:sourceip|vpcsourceip|sourcevpc|sourcevpcarn|sourcevpce|vpce[a-z]{1,20}|requestedregion|currenttime|epochtime|tokenissuetime|multifactorauth(?:present|age)|userid|useragent|federatedprovider|principalorg(?:id|paths)|resource(?:account|orgid|orgpaths)|ec2instancesource[a-z0-9]{1,20})|ec2:sourceinstancearn|s3:resourceaccount|s3:existingobjecttag\/.*|[a-z0-9-]{1,40}:resourcetag\/.*)$/;

/**
 * The context of a question that lists what the caller puts into the request (`sts:ExternalId`, `kms:ViaService`, `aws:RequestTag/…`,
 * `iam:PassedToService`): what it leaves out is not part of the request. Source address, network, time, MFA, and the tags of resources are not
 * the caller's to choose: they stay unknown unless they are listed. Keys may be in any case.
 */
export function statedContext(keys: ReadonlyMap<string, readonly string[]>): RequestContext {
  const values = new Map<string, string[]>();
  for (const [key, list] of keys) {
    const name = key.toLowerCase();
    values.set(name, [...(values.get(name) ?? []), ...list]);
  }
  return { values, isAbsent: (key) => !AMBIENT.test(key) };
}

function derived(index: AwsIndex, facts: RequestFacts, key: string): Values | undefined {
  const { principal, owner } = facts;
  switch (key) {
    case 'aws:principalarn':
      return [principal.arn];
    case 'aws:principalaccount':
      return [principal.account];
    case 'aws:principaltype':
      return [isRole(principal) ? 'AssumedRole' : 'User'];
    case 'aws:username':
      return isRole(principal) ? undefined : [principal.name];
    case 'aws:principalisawsservice':
    case 'aws:viaawsservice':
      return ['false'];
    case 'aws:securetransport':
      return ['true'];
    case 'aws:multifactorauthpresent':
      return isRole(principal) && neverWithMfa(principal) ? ['false'] : undefined;
    case 'aws:requestedregion':
      return regionOf(index, facts);
    case 'aws:principalorgid':
      return organizationOf(index, principal.account);
    case 'aws:principalorgpaths':
      return pathOf(index, principal.account);
    case 'aws:resourceaccount':
    case 's3:resourceaccount':
      return owner === undefined ? undefined : [owner];
    case 'aws:resourceorgid':
      return owner === undefined ? undefined : organizationOf(index, owner);
    case 'aws:resourceorgpaths':
      return owner === undefined ? undefined : pathOf(index, owner);
    default:
      return tagOf(index, facts, key);
  }
}

function surelyAbsent(index: AwsIndex, { principal, resource }: RequestFacts, key: string): boolean {
  if (OF_SERVICES.has(key)) return true;
  if (isRole(principal)) {
    if (key === 'aws:username') return true;
    if (key === 'aws:multifactorauthage') return neverWithMfa(principal);
  } else if (key.startsWith('aws:principaltag/')) {
    return true;
  }
  return /^(?:aws|iam):resourcetag\//.test(key) && taggedResource(index, resource) !== undefined;
}

const TAG_KEY = /^(aws:principaltag|aws:resourcetag|iam:resourcetag)\/(.*)$/s;

function tagOf(index: AwsIndex, { principal, resource }: RequestFacts, key: string): Values | undefined {
  const match = TAG_KEY.exec(key);
  if (match === null) return undefined;
  const tags = match[1] === 'aws:principaltag' ? principal.tags : taggedResource(index, resource)?.tags;
  for (const [name, value] of tags ?? []) if (name.toLowerCase() === match[2]) return [value];
  return undefined;
}

const taggedResource = (index: AwsIndex, resource: string): AwsRole | AwsUser | undefined =>
  index.roles.get(resource) ?? index.users.get(resource);

/** Service and web identity sessions are made without MFA: only principals of AWS that assume a role can have used it. */
function neverWithMfa({ trust }: AwsRole): boolean {
  if (trust.unreadable !== undefined) return false;
  return trust.statements.every(
    ({ effect, principals }) => effect === 'Deny' || principals?.every(({ type }) => type === 'Service' || type === 'Federated') === true,
  );
}

function regionOf(index: AwsIndex, { action, resource, arn = splitArn(resource) }: RequestFacts): Values | undefined {
  const service = action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase();
  if (GLOBAL_SERVICES.has(service)) return listOf(GLOBAL_REGION.get(arn?.partition ?? 'aws'));
  return listOf(arn !== undefined && /^[a-z0-9-]+$/.test(arn.region) ? arn.region : index.region);
}

function organizationOf({ organization }: AwsIndex, account: string): Values | undefined {
  return organization !== undefined && inOrganization(organization, account) ? listOf(organization.id) : undefined;
}

/** `o-a1b2c3/r-ab12/ou-ab12-11111111/`, as https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html writes it. */
function pathOf({ organization }: AwsIndex, account: string): Values | undefined {
  if (organization?.id === undefined) return undefined;
  const units: string[] = [];
  for (let at = organization.parents.get(account); at !== undefined && units.length < 16; at = organization.parents.get(at))
    units.unshift(at);
  return units[0]?.startsWith('r-') === true ? [`${organization.id}/${units.join('/')}/`] : undefined;
}

const listOf = (value: string | undefined): Values | undefined => (value === undefined ? undefined : [value]);
