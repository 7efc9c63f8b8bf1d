import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AwsUser } from '../../../inventory/aws.ts';
import { type AwsWorld, awsWorld } from '../aws-world.ts';
import { dataAccess } from '../data-access.ts';
import type { AwsPrincipal } from '../principal-statements.ts';
import { roleChains } from '../role-chains.ts';
import { ACCOUNT, role, roleArn, world } from '../testing/world.ts';
import { escalationsFrom } from './escalate.ts';
import { ESCALATION_ROWS } from './rows.ts';

type Json = Record<string, unknown>;

const SELF = roleArn('self');
const OWN = `arn:aws:iam::${ACCOUNT}:policy/own`;
const ACTIONS = [...new Set(ESCALATION_ROWS.flatMap(({ needs }) => needs.map(({ action }) => action)))];
const action = fc.constantFrom('*', 'iam:*', 'lambda:*', 'ec2:*', 's3:Get*', 'sts:AssumeRole', 'sqs:ReceiveMessage', ...ACTIONS);
const resource = fc.constantFrom(
  '*',
  SELF,
  roleArn('d'),
  `arn:aws:iam::${ACCOUNT}:*`,
  'arn:aws:lambda:*:*:function:x-*',
  'arn:aws:s3:::b/*',
  OWN,
);
const condition = fc.constantFrom<Json>(
  {},
  {},
  { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } },
  { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
);
const statement = (Effect: string): fc.Arbitrary<Json> =>
  fc
    .record({ actions: fc.array(action, { minLength: 1, maxLength: 4 }), resource, more: condition })
    .map(({ actions, resource: on, more }) => ({ Effect, Action: actions, Resource: on, ...more }));

function account(own: readonly Json[]): AwsWorld {
  const trusts = (Principal: Json): Json => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
  const user: AwsUser = {
    arn: `arn:aws:iam::${ACCOUNT}:user/u`,
    account: ACCOUNT,
    name: 'u',
    path: '/',
    inlinePolicies: [],
    attachedPolicies: [],
    groups: [],
    tags: new Map(),
  };
  return awsWorld(
    world({
      roles: [
        role(SELF, { trust: [], inline: { own }, attached: [OWN] }),
        role(roleArn('d'), {
          trust: [trusts({ Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] }), trusts({ AWS: `arn:aws:iam::${ACCOUNT}:root` })],
        }),
      ],
      users: [user],
      managedPolicies: [{ arn: OWN, name: 'own', document: { statements: [] } }],
    }),
  );
}

/** Everything that the principal reaches, `2` surely and `1` maybe. */
function reached(own: readonly Json[]): Map<string, number> {
  const there = account(own);
  const self = there.principals.get(SELF) as AwsPrincipal;
  const found = new Map<string, number>();
  for (const { to, sure } of escalationsFrom(there, self)) found.set(to === 'admin' ? '*' : to.arn, sure ? 2 : 1);
  for (const { to, answer } of roleChains(there, self)) found.set(`assume ${to.arn}`, answer.canAssume === true ? 2 : 1);
  for (const { resource: data, read, write } of dataAccess(there, self))
    found.set(data, read?.sure === true || write?.sure === true ? 2 : 1);
  return found;
}

describe('what a principal reaches', () => {
  it('never grows by a Deny', () => {
    fc.assert(
      fc.property(fc.array(statement('Allow'), { minLength: 1, maxLength: 4 }), statement('Deny'), (allows, deny) => {
        const before = reached(allows);
        for (const [what, how] of reached([...allows, deny])) expect([what, how <= (before.get(what) ?? 0)]).toEqual([what, true]);
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });

  it('never shrinks by an Allow', () => {
    fc.assert(
      fc.property(fc.array(statement('Allow'), { maxLength: 4 }), statement('Allow'), (allows, more) => {
        const after = reached([...allows, more]);
        for (const [what, how] of reached(allows)) expect([what, how <= (after.get(what) ?? 0)]).toEqual([what, true]);
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });

  it('does not hang on the order of statements', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(statement('Allow'), statement('Deny')), { minLength: 2, maxLength: 5 }), (statements) => {
        const sorted = (own: readonly Json[]) => [...reached(own)].sort();
        expect(sorted([...statements].reverse())).toEqual(sorted(statements));
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });
});
