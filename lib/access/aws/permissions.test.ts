import { describe, expect, it } from 'vitest';
import type { AwsManagedPolicy, AwsRole } from '../../inventory/aws.ts';
import { readPolicyDocument } from '../../inventory/normalise/aws-policy-document.ts';
import { allowStatements, isAdministrator, roleStatements } from './permissions.ts';
import { role, roleArn } from './testing/world.ts';

const TRUST = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };
const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const DENY = { Sid: 'NoKeys', Effect: 'Deny', Action: 'kms:*', Resource: '*' };
const GOD = 'arn:aws:iam::123456789012:policy/Harmless';

const managed = new Map<string, AwsManagedPolicy>([
  [
    GOD,
    {
      arn: GOD,
      name: 'Harmless',
      document: readPolicyDocument({ Version: '2012-10-17', Statement: EVERYTHING }).document,
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

describe('isAdministrator', () => {
  it.each([
    ['every action on every resource', made({ inline: { a: [EVERYTHING] } }), 'yes', []],
    ['the same under an innocent name', made({ attached: [GOD] }), 'yes', []],
    ['service and action both wild', made({ inline: { a: [{ ...EVERYTHING, Action: ['s3:GetObject', '*:*'] }] } }), 'yes', []],
    ['nothing left out by NotAction', made({ inline: { a: [{ Effect: 'Allow', NotAction: [], Resource: '*' }] } }), 'yes', []],
    [
      'one free statement beside a conditional one',
      made({ inline: { a: [{ ...EVERYTHING, Condition: { Bool: { 'aws:x': 'true' } } }, EVERYTHING] } }),
      'yes',
      [],
    ],
    ['one action', made({ inline: { a: [READ] } }), 'no', []],
    ['every action of one service', made({ inline: { a: [{ ...EVERYTHING, Action: 's3:*' }] } }), 'no', []],
    ['every action on some resources', made({ inline: { a: [{ ...EVERYTHING, Resource: 'arn:aws:s3:::*' }] } }), 'no', []],
    ['all but one action', made({ inline: { a: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] } }), 'no', []],
    ['a Deny of everything', made({ inline: { a: [{ ...EVERYTHING, Effect: 'Deny' }] } }), 'no', []],
    ['nothing at all', made({}), 'no', []],
    ['a boundary', made({ attached: [GOD], boundary: 'B' }), 'conditional', ['permissions boundary B']],
    ['a Deny', made({ attached: [GOD], inline: { a: [DENY] } }), 'conditional', ['Deny NoKeys of a']],
    [
      'a condition',
      made({ inline: { a: [{ ...EVERYTHING, Condition: { Bool: { 'aws:x': 'true' } } }] } }),
      'conditional',
      ['condition on aws:x'],
    ],
    ['a policy that was not read', made({ attached: ['P'] }), 'conditional', ['P']],
    ['a policy that was not read beside everything', made({ attached: [GOD, 'P'] }), 'conditional', ['unread policy P']],
  ] as const)('%s', (_name, subject, answer, dependsOn) => {
    const found = isAdministrator(subject, managed);
    expect({ answer: found.answer, dependsOn: found.dependsOn }).toEqual({ answer, dependsOn });
    expect(found.statements.length > 0).toBe(answer === 'yes' || (answer === 'conditional' && dependsOn[0] !== 'P'));
  });
});
