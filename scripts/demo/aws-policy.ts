import { ISSUER_HOST_PATH, oidcProviderArn } from './company.ts';
import type { Json, JsonObject } from './json.ts';

export type StringOrList = string | readonly string[];

/** An Allow statement, in the order of keys that people write. */
export function allow(sid: string, action: StringOrList, resource: StringOrList, condition?: JsonObject): JsonObject {
  return { Sid: sid, Effect: 'Allow', Action: action, Resource: resource, Condition: condition };
}

export function document(...statements: readonly JsonObject[]): JsonObject {
  return { Version: '2012-10-17', Statement: statements };
}

/** What limits a trust policy: `sub` and `aud` by operator. Left out: not compared. */
export interface WebIdentityCondition {
  readonly operator: 'StringEquals' | 'StringLike';
  readonly sub?: string;
  readonly aud?: string;
}

/** Trust in tokens of the cluster's issuer; the provider is the one of `account`, whichever account the role is in. */
export function webIdentityTrust(condition: WebIdentityCondition, account?: string): JsonObject {
  const { operator, sub, aud = 'sts.amazonaws.com' } = condition;
  const audience = { [`${ISSUER_HOST_PATH}:aud`]: aud };
  const subject: { [key: string]: Json } = sub === undefined ? {} : { [`${ISSUER_HOST_PATH}:sub`]: sub };
  const limits: JsonObject =
    operator === 'StringEquals' ? { StringEquals: { ...subject, ...audience } } : { StringLike: subject, StringEquals: audience };
  return document({
    Effect: 'Allow',
    Principal: { Federated: oidcProviderArn(account) },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: limits,
  });
}

/** Trust in EKS Pod Identity; without sts:TagSession the agent gets no credentials. */
export function podIdentityTrust(...actions: readonly string[]): JsonObject {
  return document({ Sid: 'EksPodIdentity', Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: actions });
}

/** Trust in an AWS service. */
export function serviceTrust(service: string): JsonObject {
  return document({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });
}
