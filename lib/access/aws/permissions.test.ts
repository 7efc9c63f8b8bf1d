import { describe, expect, it } from 'vitest';
import type { AwsManagedPolicy, AwsRole } from '../../inventory/aws.ts';
import { readPolicyDocument } from '../../inventory/normalise/aws-policy-document.ts';
import { allowStatements, roleStatements } from './permissions.ts';
import { role, roleArn } from './testing/world.ts';

const TRUST = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const DENY = { Sid: 'NoKeys', Effect: 'Deny', Action: 'kms:*', Resource: '*' };
const GOD = 'arn:aws:iam::123456789012:policy/Harmless';

const managed = new Map<string, AwsManagedPolicy>([
  [
    GOD,
    {
      arn: GOD,
      name: 'Harmless',
      document: readPolicyDocument({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }).document,
      documentPointer: '/PolicyVersionList/1/Document',
    },
  ],
]);

function made(parts: Omit<Parameters<typeof role>[1], 'trust'>): AwsRole {
  return role(roleArn('app'), { trust: TRUST, ...parts });
}

describe('roleStatements', () => {
  it('places every statement, inline policies first', () => {
    const { statements, unread } = roleStatements(made({ inline: { a: [READ, DENY] }, attached: [GOD] }), managed);
    expect(statements.map(({ kind, policy, pointer }) => ({ kind, policy, pointer }))).toEqual([
      { kind: 'inline', policy: 'a', pointer: '/RolePolicyList/0/PolicyDocument/Statement/0' },
      { kind: 'inline', policy: 'a', pointer: '/RolePolicyList/0/PolicyDocument/Statement/1' },
      { kind: 'managed', policy: GOD, pointer: '/PolicyVersionList/1/Document/Statement' },
    ]);
    expect(unread).toEqual([]);
  });

  it('leaves the Deny out of the Allow statements', () => {
    expect(allowStatements(made({ inline: { a: [DENY, READ] } }), managed).map(({ pointer }) => pointer)).toEqual([
      '/RolePolicyList/0/PolicyDocument/Statement/1',
    ]);
  });

  it('names what was not read', () => {
    expect(roleStatements(made({ attached: ['arn:aws:iam::aws:policy/X'] }), managed).unread).toEqual(['arn:aws:iam::aws:policy/X']);
    expect(roleStatements(made({ policiesUnknown: true }), managed).unread).toEqual([`the policies of ${roleArn('app')}`]);
  });
});
