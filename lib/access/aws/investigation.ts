import type { AwsRole, AwsUser, PolicyDocument } from '../../inventory/aws.ts';
import type { AwsIndex } from './aws-index.ts';
import type { RequestContext } from './context.ts';
import { compiledPolicy } from './policy.ts';
import { askSet, type Finding, type Hit, hangsOn, type PolicySet } from './policy-set.ts';
import { principalPolicies } from './principal-policies.ts';
import { requestContext } from './request-context.ts';
import { type AskedResource, askedResource, type GrantKind, grantKind } from './resource-policy.ts';
import { serviceControlLevels } from './service-control.ts';
import type { PolicyRequest } from './statement.ts';
import type { Truth } from './truth.ts';

/** May a principal do something to a resource? */
export interface AccessQuestion {
  readonly principal: AwsRole | AwsUser;
  /** `s3:GetObject`, in any case. */
  readonly action: string;
  /** ARN, or `*` for an action that knows no resource. */
  readonly resource: string;
  /** What is known of the request beside what follows from principal and resource. Undefined: nothing is known of the caller's choices. */
  readonly context?: RequestContext;
  /** Of the role's session; each narrows it. */
  readonly sessionPolicies?: readonly PolicyDocument[];
}

/** A set of policies and what it says to the request. */
export interface Asked {
  readonly set: PolicySet;
  readonly finding: Finding;
}

/** What a resource's policy grants, by whom it speaks to. */
export interface Grant {
  readonly truth: Truth;
  readonly hits: readonly Hit[];
  readonly hangsOn: readonly string[];
}

/** Everything that was asked for one question, before it is weighed. */
export interface Investigation {
  readonly question: AccessQuestion;
  readonly request: PolicyRequest;
  readonly identity: Asked;
  readonly boundary?: Asked;
  readonly sessions: readonly Asked[];
  /** From the account up to the root. */
  readonly organization: readonly Asked[];
  readonly resource: AskedResource;
  /** What the resource's policy says; undefined where it has none or it was not read. */
  readonly granted?: Asked & { readonly grants: ReadonlyMap<GrantKind, Grant> };
}

/** One thing that has to be true, with what shows it. */
export interface Requirement {
  readonly truth: Truth;
  readonly hits: readonly Hit[];
  readonly hangsOn: readonly string[];
  readonly of: 'identity' | 'boundary' | 'session' | 'organization' | 'resource';
  readonly asked?: Asked;
}

/** Puts a question to every policy that has a say in it. */
export function investigate(index: AwsIndex, question: AccessQuestion): Investigation {
  const { principal, action, resource: name } = question;
  const resource = askedResource(index, action, name);
  const owner = resource.owner ?? principal.account;
  const context = requestContext(index, { principal, action, resource: name, arn: resource.arn, owner, stated: question.context });
  const request: PolicyRequest = { action, resource: name, context };
  const ask = (set: PolicySet): Asked => ({ set, finding: askSet(set, request) });
  const own = principalPolicies(index, principal);
  return {
    question,
    request,
    identity: ask(own.identity),
    ...(own.boundary === undefined ? {} : { boundary: ask(own.boundary) }),
    sessions: (question.sessionPolicies ?? []).map((document) => ask(sessionSet(document))),
    organization: serviceControlLevels(index, principal).map(ask),
    resource,
    ...(resource.policy === undefined ? {} : { granted: askResource(resource.policy, request, principal) }),
  };
}

function sessionSet(document: PolicyDocument): PolicySet {
  const place = {
    policy: 'session policy',
    kind: 'session',
    label: 'session policy',
    pointer: '/association/policy',
    opaque: true,
  } as const;
  return { policies: [{ ...place, compiled: compiledPolicy(document) }], unread: [] };
}

function askResource(set: PolicySet, asked: PolicyRequest, principal: AwsRole | AwsUser): NonNullable<Investigation['granted']> {
  const request: PolicyRequest = { ...asked, principal: { type: 'AWS', value: principal.arn } };
  const finding = askSet(set, request);
  const hits = new Map<GrantKind, Hit[]>();
  for (const hit of finding.allows) {
    const kind = grantKind(hit.statement.source, principal);
    const list = hits.get(kind);
    if (list === undefined) hits.set(kind, [hit]);
    else list.push(hit);
  }
  const grants = new Map<GrantKind, Grant>();
  for (const [kind, list] of hits) {
    const truth = list.some((hit) => hit.applies === true) ? true : 'unknown';
    grants.set(kind, { truth, hits: list, hangsOn: truth === true ? [] : hangsOn(list, request) });
  }
  return { set, finding, grants };
}
