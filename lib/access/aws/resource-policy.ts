import type { AwsRole, AwsUser, PolicyStatement } from '../../inventory/aws.ts';
import { type Arn, splitArn } from '../../inventory/normalise/aws-arn.ts';
import type { AwsIndex } from './aws-index.ts';
import { compiledPolicy } from './policy.ts';
import type { PlacedPolicy, PolicySet } from './policy-set.ts';
import { principalNames } from './principal.ts';

/** The resource of a request, its owner and the policy that hangs on it. */
export interface AskedResource {
  /** Undefined: what was asked about is no ARN, as the `*` of actions that know no resource. */
  readonly arn?: Arn;
  /** The account that it belongs to. Undefined: neither its ARN nor its record says it. */
  readonly owner?: string;
  /** Undefined: it has no policy, or none that was read. */
  readonly policy?: PolicySet;
  /** Whether its policy was read; `policy` undefined beside true: it has none. */
  readonly read: boolean;
  /** No request gets by without its policy, not even one of its own account: keys, and the trust policies of roles. */
  readonly mustAllow: boolean;
  /** In words: `key policy`, `bucket policy`, `trust policy`. */
  readonly label: string;
  /** ARN of the object that has the policy. */
  readonly name: string;
}

/** Actions whose resource is a role and whose resource policy is its trust policy. */
const TRUST_ACTIONS: ReadonlySet<string> = new Set(['sts:assumerole', 'sts:tagsession', 'sts:setsourceidentity']);

/** What a service calls the policy of its resources, and where its API prints it; `opaque` where it prints it as text. */
const SERVICES: ReadonlyMap<string, { readonly label: string; readonly pointer: string }> = new Map([
  ['s3', { label: 'bucket policy', pointer: '/Policy' }],
  ['kms', { label: 'key policy', pointer: '/Policy' }],
  ['secretsmanager', { label: 'secret policy', pointer: '/ResourcePolicy' }],
  ['sqs', { label: 'queue policy', pointer: '/Attributes/Policy' }],
  ['sns', { label: 'topic policy', pointer: '/Attributes/Policy' }],
  ['lambda', { label: 'function policy', pointer: '/Policy' }],
  ['ecr', { label: 'repository policy', pointer: '/policyText' }],
]);

/** The same few resources are asked about again and again; more than so many are forgotten together. */
const MOST = 4096;
const remembered = new WeakMap<AwsIndex, Map<string, AskedResource>>();

/** Finds the resource that an ARN is about and its policy. An object has its bucket's, a function's version its function's. */
export function askedResource(index: AwsIndex, action: string, resource: string): AskedResource {
  let resources = remembered.get(index);
  if (resources === undefined || resources.size >= MOST) {
    resources = new Map();
    remembered.set(index, resources);
  }
  // Only of a role does the answer hang on the action.
  const key = TRUST_ACTIONS.has(action.toLowerCase()) ? `assume ${resource}` : resource;
  let asked = resources.get(key);
  if (asked === undefined) {
    asked = findResource(index, action, resource);
    resources.set(key, asked);
  }
  return asked;
}

function findResource(index: AwsIndex, action: string, resource: string): AskedResource {
  const arn = splitArn(resource);
  if (arn === undefined) return { read: true, mustAllow: false, label: 'resource policy', name: resource };
  if (arn.service === 'iam' && TRUST_ACTIONS.has(action.toLowerCase())) return { ...assumedRole(index, arn, resource), arn };
  const record = holders(arn, resource)
    .map((name) => index.resourcePolicies.get(name))
    .find((found) => found !== undefined);
  const { label, pointer } = SERVICES.get(arn.service) ?? { label: 'resource policy', pointer: '' };
  const owner = /^\d{12}$/.test(arn.account) ? arn.account : record?.account;
  const name = record?.arn ?? resource;
  return {
    arn,
    ...(owner === undefined ? {} : { owner }),
    ...(record?.document === undefined
      ? {}
      : { policy: setOf({ policy: name, kind: 'resource', label, pointer, opaque: true, compiled: compiledPolicy(record.document) }) }),
    read: record !== undefined,
    mustAllow: arn.service === 'kms' && arn.resource.startsWith('key/'),
    label,
    name,
  };
}

function assumedRole(index: AwsIndex, { account }: Arn, resource: string): AskedResource {
  const compiled = index.trust.get(resource);
  const shared = { owner: account, mustAllow: true, label: 'trust policy', name: resource };
  // A role that is not there can be assumed by nobody; whether it is there is only known of accounts that were read whole.
  if (compiled === undefined) return { ...shared, read: index.accounts.has(account) };
  return {
    ...shared,
    read: true,
    policy: setOf({ policy: resource, kind: 'resource', label: 'trust policy', pointer: '/AssumeRolePolicyDocument', compiled }),
  };
}

const setOf = (policy: PlacedPolicy): PolicySet => ({ policies: [policy], unread: [] });

/** ARNs of what may hold the policy, the nearest first. Source: the resource types of the Service Authorization Reference. */
function holders({ service, resource }: Arn, text: string): readonly string[] {
  const upTo = (separator: string, from = 0): string[] => {
    const at = resource.indexOf(separator, from);
    return at < 0 ? [] : [text.slice(0, text.length - resource.length + at)];
  };
  if (service === 's3') return [text, ...upTo('/')];
  if (service === 'sns') return [text, ...upTo(':')];
  if (service === 'lambda') return [text, ...upTo(':', 'function:'.length)];
  return [text];
}

/** To whom an Allow of a resource's policy speaks: whether the principal's own policies are still asked hangs on it. */
export type GrantKind = 'principal' | 'everyone' | 'session' | 'account';

/**
 * The most direct way in which a statement that applies names the one who asks; `NotPrincipal` and `*` speak to everyone.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function grantKind({ principals }: PolicyStatement, asking: AwsRole | AwsUser): GrantKind {
  if (principals === undefined) return 'everyone';
  let kind: GrantKind = 'account';
  for (const named of principals) {
    if (named.value === asking.arn) return 'principal';
    if (principalNames(named, { type: 'AWS', value: asking.arn }) === false) continue;
    if (named.value === '*') kind = 'everyone';
    else if (kind === 'account' && splitArn(named.value)?.service === 'sts') kind = 'session';
  }
  return kind;
}
