import { describe, expect, it } from 'vitest';
import type { AwsManagedPolicy } from '../../inventory/aws.ts';
import { readPolicyDocument } from '../../inventory/normalise/aws-policy-document.ts';
import { indexAws } from './aws-index.ts';
import { principalNames } from './principal.ts';
import { canAssumeRole } from './role-chain.ts';
import { ACCOUNT, role, roleArn, world } from './testing/world.ts';

const CALLER = roleArn('caller');
const HERE = roleArn('target');
const THERE = roleArn('target', '210987654321');
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

const mayAssume = { Effect: 'Allow', Action: 'sts:*', Resource: '*' };
const trusting = (principal: unknown, more: object = {}) => ({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more });
const managed = (arn: string, statement: object): AwsManagedPolicy => ({
  arn,
  name: arn,
  document: readPolicyDocument({ Version: '2012-10-17', Statement: statement }).document,
});

interface Setting {
  readonly target: string;
  readonly trust: object;
  readonly own?: readonly { readonly [key: string]: unknown }[];
  readonly attached?: readonly string[];
  readonly boundary?: string;
}

function ask({ target, trust, own = [], attached = [], boundary }: Setting): string {
  const from = role(CALLER, {
    trust: trusting({ Service: 'ec2.amazonaws.com' }),
    inline: { own },
    attached,
    ...(boundary === undefined ? {} : { boundary }),
  });
  const to = role(target, { trust: { ...trust } });
  const managedPolicies = [
    managed('assume', mayAssume),
    managed('read', { ...mayAssume, Action: 's3:*' }),
    managed('deny', { ...mayAssume, Effect: 'Deny' }),
    managed('maybe', { ...mayAssume, Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
  ];
  const index = indexAws(world({ roles: [from, to], managedPolicies }));
  const context = new Map([['sts:externalid', ['secret']]]);
  const answer = canAssumeRole(index, { from, to, actions: ['sts:AssumeRole'], context, isAbsent: (key) => !key.startsWith('aws:') });
  return [String(answer.canAssume), answer.code, ...answer.dependsOn].join(' ');
}

describe('canAssumeRole', () => {
  it.each<readonly [string, Setting, string]>([
    ['both sides, other account', { target: THERE, trust: trusting({ AWS: ROOT }), own: [mayAssume] }, 'true ok'],
    [
      'boundary that allows, trust of the role, same account',
      { target: HERE, trust: trusting({ AWS: CALLER }), boundary: 'assume' },
      'true ok',
    ],
    [
      'boundary that does not, trust of the role, same account',
      { target: HERE, trust: trusting({ AWS: CALLER }), boundary: 'read' },
      'false permissions-boundary',
    ],
    [
      'Deny of another policy that may apply',
      { target: THERE, trust: trusting({ AWS: ROOT }), own: [mayAssume], attached: ['maybe'] },
      'conditional condition-unknown aws:SourceIp',
    ],
    [
      'Deny that may apply, nothing that allows',
      { target: THERE, trust: trusting({ AWS: ROOT }), attached: ['maybe'] },
      'false no-identity-allow',
    ],
    [
      'everybody by NotPrincipal but the caller',
      { target: THERE, trust: trusting(undefined, { NotPrincipal: { AWS: CALLER } }), own: [mayAssume] },
      'conditional condition-unknown the name of the role session',
    ],
    [
      'everybody by NotPrincipal but another',
      { target: THERE, trust: trusting(undefined, { NotPrincipal: { AWS: roleArn('x') } }), own: [mayAssume] },
      'true ok',
    ],
    ['both sides, attached policy', { target: THERE, trust: trusting({ AWS: CALLER }), attached: ['assume'] }, 'true ok'],
    ['account number', { target: THERE, trust: trusting({ AWS: ACCOUNT }), own: [mayAssume] }, 'true ok'],
    ['trust alone, other account', { target: THERE, trust: trusting({ AWS: CALLER }) }, 'false no-identity-allow'],
    ['trust of the role alone, same account', { target: HERE, trust: trusting({ AWS: CALLER }) }, 'true ok'],
    ['trust of the account alone, same account', { target: HERE, trust: trusting({ AWS: ROOT }) }, 'false no-identity-allow'],
    [
      'trust of the role, same account, own Deny',
      { target: HERE, trust: trusting({ AWS: CALLER }), attached: ['deny'] },
      'false identity-explicit-deny',
    ],
    ['own policies alone', { target: THERE, trust: trusting({ AWS: roleArn('other') }), own: [mayAssume] }, 'false trust-other-principal'],
    [
      'another resource',
      { target: THERE, trust: trusting({ AWS: ROOT }), own: [{ ...mayAssume, Resource: HERE }] },
      'false no-identity-allow',
    ],
    [
      'resource by wildcard',
      { target: THERE, trust: trusting({ AWS: ROOT }), own: [{ ...mayAssume, Resource: 'arn:aws:iam::*:role/tar*' }] },
      'true ok',
    ],
    [
      'NotResource that names it',
      { target: THERE, trust: trusting({ AWS: ROOT }), own: [{ Effect: 'Allow', Action: '*', NotResource: THERE }] },
      'false no-identity-allow',
    ],
    [
      'NotResource that does not',
      { target: THERE, trust: trusting({ AWS: ROOT }), own: [{ Effect: 'Allow', Action: '*', NotResource: HERE }] },
      'true ok',
    ],
    ['boundary that allows', { target: THERE, trust: trusting({ AWS: ROOT }), own: [mayAssume], boundary: 'assume' }, 'true ok'],
    [
      'boundary that does not',
      { target: THERE, trust: trusting({ AWS: ROOT }), own: [mayAssume], boundary: 'read' },
      'false permissions-boundary',
    ],
    [
      'boundary that was not read',
      { target: THERE, trust: trusting({ AWS: ROOT }), own: [mayAssume], boundary: 'x' },
      'conditional condition-unknown the permissions boundary x',
    ],
    [
      'policy that was not read',
      { target: THERE, trust: trusting({ AWS: ROOT }), attached: ['x'] },
      'conditional condition-unknown the policy x',
    ],
    [
      'policy that was not read beside one that allows',
      { target: THERE, trust: trusting({ AWS: ROOT }), own: [mayAssume], attached: ['x'] },
      'conditional condition-unknown the policy x',
    ],
    [
      'own condition on something unknown',
      {
        target: THERE,
        trust: trusting({ AWS: ROOT }),
        own: [{ ...mayAssume, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
      },
      'conditional condition-unknown aws:SourceIp',
    ],
    [
      'right external id',
      { target: THERE, trust: trusting({ AWS: ROOT }, { Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } }), own: [mayAssume] },
      'true ok',
    ],
    [
      'wrong external id',
      { target: THERE, trust: trusting({ AWS: ROOT }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }), own: [mayAssume] },
      'false external-id',
    ],
    [
      'another caller by ARN',
      {
        target: THERE,
        trust: trusting({ AWS: ROOT }, { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x*' } } }),
        own: [mayAssume],
      },
      'false principal-arn',
    ],
    [
      'another action',
      { target: THERE, trust: trusting({ AWS: ROOT }, { Action: 'sts:TagSession' }), own: [mayAssume] },
      'false action-not-allowed',
    ],
  ])('%s', (_name, setting, expected) => {
    expect(ask(setting)).toBe(expected);
  });
});

describe('principalNames', () => {
  const asking = { type: 'AWS', value: CALLER } as const;
  it.each([
    ['*', '*', true],
    ['AWS', '*', true],
    ['AWS', CALLER, true],
    ['AWS', ROOT, true],
    ['AWS', ACCOUNT, true],
    ['AWS', `arn:aws:sts::${ACCOUNT}:assumed-role/caller/session`, 'unknown'],
    ['AWS', `arn:aws:sts::${ACCOUNT}:assumed-role/other/session`, false],
    ['AWS', 'arn:aws:iam::210987654321:root', false],
    ['AWS', `arn:aws-cn:iam::${ACCOUNT}:root`, false],
    ['AWS', `${CALLER}2`, false],
    ['AWS', 'AROAEXAMPLE', false],
    ['Service', CALLER, false],
    ['Federated', '*', false],
  ])('%s %s is %s', (type, value, expected) => {
    expect(principalNames({ type, value }, asking)).toBe(expected);
  });
});
