import { describe, expect, it } from 'vitest';
import type { AwsManagedPolicy, AwsOrganization } from '../../inventory/aws.ts';
import { readPolicyDocument } from '../../inventory/normalise/aws-policy-document.ts';
import { isAdministrator } from './administrator.ts';
import { indexAws } from './aws-index.ts';
import { ACCOUNT, role, roleArn, world } from './testing/world.ts';

const TRUST = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };
const READ = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const DENY = { Sid: 'NoKeys', Effect: 'Deny', Action: 'kms:*', Resource: '*' };
const CONDITIONAL = { ...EVERYTHING, Condition: { Bool: { 'aws:x': 'true' } } };
const GOD = 'Harmless';
const SOME = 'Some';
const NONE_BUT_KEYS = 'AllButKeys';

const documentOf = (Statement: unknown) => readPolicyDocument({ Version: '2012-10-17', Statement }).document;
const managed = (name: string, ...statements: unknown[]): AwsManagedPolicy => ({ arn: name, name, document: documentOf(statements) });
const managedPolicies = [managed(GOD, EVERYTHING), managed(SOME, READ), managed(NONE_BUT_KEYS, EVERYTHING, DENY)];

/** One level, the root, with these statements. */
const organization = (...statements: readonly object[]): AwsOrganization => ({
  id: 'o-test',
  managementAccount: '999999999999',
  policies: [{ id: 'p-one', name: 'one', document: documentOf(statements) }],
  parents: new Map([[ACCOUNT, 'r-root']]),
  attachments: new Map([
    [ACCOUNT, ['p-FullAWSAccess']],
    ['r-root', ['p-one']],
  ]),
});

type Parts = Omit<Parameters<typeof role>[1], 'trust'> & { readonly organization?: AwsOrganization };

function ask({ organization: above, ...parts }: Parts) {
  const subject = role(roleArn('app'), { trust: TRUST, ...parts });
  return isAdministrator(
    indexAws(world({ roles: [subject], managedPolicies, ...(above === undefined ? {} : { organization: above }) })),
    subject,
  );
}

describe('isAdministrator', () => {
  it.each<readonly [string, Parts, string, readonly string[]]>([
    ['every action on every resource', { inline: { a: [EVERYTHING] } }, 'yes', []],
    ['the same under an innocent name', { attached: [GOD] }, 'yes', []],
    ['service and action both wild', { inline: { a: [{ ...EVERYTHING, Action: ['s3:GetObject', '*:*'] }] } }, 'yes', []],
    ['nothing left out by NotAction', { inline: { a: [{ Effect: 'Allow', NotAction: [], Resource: '*' }] } }, 'yes', []],
    ['one free statement beside a conditional one', { inline: { a: [CONDITIONAL, EVERYTHING] } }, 'yes', []],
    ['one action', { inline: { a: [READ] } }, 'no', []],
    ['every action of one service', { inline: { a: [{ ...EVERYTHING, Action: 's3:*' }] } }, 'no', []],
    ['every action on some resources', { inline: { a: [{ ...EVERYTHING, Resource: 'arn:aws:s3:::*' }] } }, 'no', []],
    ['PowerUserAccess: all but some services', { inline: { a: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] } }, 'no', []],
    ['a Deny of everything', { inline: { a: [{ ...EVERYTHING, Effect: 'Deny' }] } }, 'no', []],
    ['everything, and a Deny of everything', { attached: [GOD], inline: { a: [{ ...EVERYTHING, Effect: 'Deny' }] } }, 'no', []],
    [
      'a condition that is false',
      { inline: { a: [{ ...EVERYTHING, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } },
      'no',
      [],
    ],
    ['nothing at all', {}, 'no', []],
    ['a boundary of everything', { attached: [GOD], boundary: GOD }, 'yes', []],
    ['a boundary of some actions', { attached: [GOD], boundary: SOME }, 'no', []],
    ['a boundary that denies keys', { attached: [GOD], boundary: NONE_BUT_KEYS }, 'conditional', ['Deny NoKeys of AllButKeys']],
    ['a boundary that was not read', { attached: [GOD], boundary: 'B' }, 'conditional', ['permissions boundary B']],
    ['a Deny', { attached: [GOD], inline: { a: [DENY] } }, 'conditional', ['Deny NoKeys of a']],
    ['a condition', { inline: { a: [CONDITIONAL] } }, 'conditional', ['condition on aws:x']],
    ['a policy that was not read', { attached: ['P'] }, 'conditional', ['the policy P']],
    ['a policy that was not read beside everything', { attached: [GOD, 'P'] }, 'conditional', ['unread the policy P']],
    ['an organisation that denies some', { attached: [GOD], organization: organization(EVERYTHING, DENY) }, 'yes', []],
    ['an organisation that allows some', { attached: [GOD], organization: organization(READ) }, 'yes', []],
    [
      'an organisation that denies everything',
      { attached: [GOD], organization: organization({ ...EVERYTHING, Effect: 'Deny' }) },
      'no',
      [],
    ],
    [
      'an organisation that denies this role everything',
      {
        attached: [GOD],
        organization: organization(EVERYTHING, {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { ArnLike: { 'aws:PrincipalArn': '*:role/app' } },
        }),
      },
      'yes',
      [],
    ],
    [
      'an organisation of which a level was not read',
      { attached: [GOD], organization: { ...organization(EVERYTHING), attachments: new Map([[ACCOUNT, ['p-FullAWSAccess']]]) } },
      'conditional',
      ['the service control policies of r-root'],
    ],
  ])('%s', (_name, parts, answer, dependsOn) => {
    const found = ask(parts);
    expect({ answer: found.answer, dependsOn: found.dependsOn }).toEqual({ answer, dependsOn });
    expect(found.statements.length > 0).toBe(answer === 'yes' || (answer === 'conditional' && dependsOn[0] !== 'the policy P'));
  });
});
