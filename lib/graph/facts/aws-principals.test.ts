import { describe, expect, it } from 'vitest';
import { isMet } from '../closing.ts';
import { NodeTableBuilder } from '../table-builder.ts';
import { ACCOUNT, type AccountParts, accountWith, managed, role, roleArn } from '../testing/aws-account.ts';
import { allow, user, userArn } from '../testing/aws-onward.ts';
import { actors, changesOfWays, closingOfWays, fixOfChange, principalAt, principalNode, worldOf } from './aws-principals.ts';

type Json = Record<string, unknown>;

const A = roleArn('a');
const SHARED = `arn:aws:iam::${ACCOUNT}:policy/shared`;
const facts = (parts: AccountParts) => ({ inventory: accountWith(parts).inventory(), nodes: new NodeTableBuilder() });
const withA = (inline: Json[], attached: readonly string[] = []) =>
  facts({ roles: [role('a', { inline, attached })], policies: [managed(SHARED, allow('sqs:*'))] });
const own = (index: number) => `statement: ${A}/RolePolicyList/0/PolicyDocument/Statement/${index} of ${A}`;
const shared = `statement: ${SHARED}/PolicyVersionList/0/Document/Statement/0 of ${A}`;
const wish = (action: string) => ({ action, resource: '*' });

describe('actors', () => {
  const of = (parts: AccountParts, administered = false) => {
    const there = facts(parts);
    if (administered) there.nodes.intern('aws-admin', ACCOUNT);
    return [...actors(there)].map(({ node }) => there.nodes.ids[node]);
  };

  it.each<[string, AccountParts, string[]]>([
    ['roles and users', { roles: [role('a')], users: [user('u')] }, [`aws-user:${userArn('u')}`, `aws-role:${A}`]],
    [
      'an administrator within a boundary',
      { roles: [role('a', { inline: [allow('*')], boundary: SHARED })], policies: [managed(SHARED, allow('*'))] },
      [`aws-role:${A}`],
    ],
    [
      'an administrator with a Deny',
      { roles: [role('a', { inline: [allow('*'), { ...allow('s3:*'), Effect: 'Deny' }] })] },
      [`aws-role:${A}`],
    ],
    [
      'an administrator under a condition',
      { roles: [role('a', { inline: [allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })] })] },
      [`aws-role:${A}`],
    ],
    ['no administrator whom nothing limits', { roles: [role('a', { inline: [allow('*')] })] }, []],
  ])('%s', (_name, parts, expected) => {
    expect(of(parts)).toEqual(expected);
  });

  it('has the administrator of an account once, where somebody is or may become it', () => {
    expect(of({ roles: [role('a', { inline: [allow('*')] }), role('b', { inline: [allow('*')] })] }, true)).toEqual([
      `aws-admin:${ACCOUNT}`,
    ]);
  });
});

describe('principalAt', () => {
  it('gives the record behind a node, and whoever is administrator', () => {
    const there = facts({ roles: [role('a')] });
    const node = principalNode(there.nodes, [...worldOf(there).principals.values()][0] as never);
    expect(principalAt(there, node).arn).toBe(A);
    expect(principalAt(there, there.nodes.intern('aws-admin', ACCOUNT)).account).toBe(ACCOUNT);
  });

  it('throws for a role that was not read: nothing may begin there', () => {
    const there = facts({});
    expect(() => principalAt(there, there.nodes.intern('aws-role', A))).toThrow(`no AWS principal aws-role:${A}`);
  });
});

describe('closingOfWays', () => {
  const a = (there: ReturnType<typeof withA>) => worldOf(there).principals.get(A) as never;
  const closedBy = (there: ReturnType<typeof withA>, ways: { action: string; resource: string }[][], ...changes: string[]) =>
    isMet(closingOfWays(there, a(there), ways), (change) => changes.includes(change));

  it('takes one statement for a right that one gives', () => {
    const there = withA([allow('s3:GetObject')]);
    expect(closedBy(there, [[wish('s3:GetObject')]], own(0))).toBe(true);
    expect(changesOfWays(there, a(there), [[wish('s3:GetObject')]])).toEqual([own(0)]);
  });

  it('takes both statements for a right that two give', () => {
    const there = withA([allow('sqs:SendMessage')], [SHARED]);
    expect(closedBy(there, [[wish('sqs:SendMessage')]], own(0))).toBe(false);
    expect(closedBy(there, [[wish('sqs:SendMessage')]], own(0), shared)).toBe(true);
    expect(changesOfWays(there, a(there), [[wish('sqs:SendMessage')]])).toEqual([]);
  });

  it('takes any of the rights of a way, and one of every way', () => {
    const there = withA([allow('iam:PassRole'), allow('lambda:CreateFunction'), allow('ec2:RunInstances')]);
    const ways = [
      [wish('iam:PassRole'), wish('lambda:CreateFunction')],
      [wish('iam:PassRole'), wish('ec2:RunInstances')],
    ];
    expect(closedBy(there, ways, own(0))).toBe(true);
    expect(closedBy(there, ways, own(1))).toBe(false);
    expect(closedBy(there, ways, own(1), own(2))).toBe(true);
    expect(changesOfWays(there, a(there), ways)).toEqual([own(0)]);
  });

  it('closes nothing of an administrator, whom statements of others make', () => {
    const there = withA([allow('*')]);
    expect(closingOfWays(there, worldOf(there).administratorOf(ACCOUNT), [[wish('s3:GetObject')]])).toEqual({ any: [] });
  });

  it('says how to make each change', () => {
    const there = withA([allow('sqs:SendMessage')], [SHARED]);
    expect(fixOfChange(there, a(there), own(0))?.command).toBe(
      'aws iam put-role-policy --role-name=a --policy-name=own --policy-document file://policy.json',
    );
    expect(fixOfChange(there, a(there), shared)?.command).toBe(`aws iam detach-role-policy --role-name=a --policy-arn=${SHARED}`);
    expect(fixOfChange(there, a(there), 'something else')).toBeUndefined();
  });
});
