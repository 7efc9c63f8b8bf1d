import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateAccess } from './access.ts';
import { principalPolicies } from './principal-policies.ts';
import type { CompiledStatement } from './statement.ts';
import { statementReach } from './statement-reach.ts';
import { asking, type Scene, type Statement } from './testing/asking.ts';

const actions = fc.constantFrom('s3:GetObject', 's3:Get*', 's3:*', '*', 's3:PutObject', 's3:?etObject');
const resources = fc.constantFrom('*', 'arn:aws:s3:::assets/*', 'arn:aws:s3:::assets/a', 'arn:aws:s3:::*/a', 'arn:aws:s3:::other/*');
const list = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { minLength: 1, maxLength: 2 });
const what = fc.oneof(
  fc.record({ Action: list(actions), Resource: list(resources) }),
  fc.record({ NotAction: list(actions), Resource: list(resources) }),
  fc.record({ Action: list(actions), NotResource: list(resources) }),
);
const condition = fc.constantFrom<Statement>(
  {},
  {},
  {},
  { Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
  { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
);
const statementOf = (Effect: 'Allow' | 'Deny'): fc.Arbitrary<Statement> =>
  fc.tuple(what, condition).map(([one, other]) => ({ Effect, ...one, ...other }));
const scene: fc.Arbitrary<Scene> = fc
  .tuple(
    statementOf('Allow'),
    fc.array(statementOf('Deny'), { maxLength: 2 }),
    fc.option(fc.array(statementOf('Allow'), { minLength: 1, maxLength: 2 }), { nil: undefined }),
  )
  .map(([allow, denies, boundary]) => ({ inline: [allow, ...denies], ...(boundary === undefined ? {} : { boundary }) }));

const REQUESTS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].flatMap((action) =>
  ['arn:aws:s3:::assets/a', 'arn:aws:s3:::assets/b', 'arn:aws:s3:::other/a'].map((resource) => ({ action, resource })),
);

describe('statementReach', () => {
  it('says whole only where every request that the statement names is allowed, none only where not one is', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(scene, (one) => {
        const { index, question } = asking(one);
        const { principal } = question;
        const allow = principalPolicies(index, principal).identity.policies[0]?.compiled.statements[0] as CompiledStatement;
        const { left } = statementReach(index, principal, allow);
        seen.add(left);
        const alone = asking({ inline: [(one.inline as readonly Statement[])[0] as Statement] });
        for (const request of REQUESTS) {
          const { verdict } = evaluateAccess(index, { principal, ...request });
          if (left === 'none') expect(verdict).toMatch(/Denied$/);
          if (left !== 'whole') continue;
          const given = evaluateAccess(alone.index, { principal: alone.question.principal, ...request }).verdict;
          if (given === 'Allowed') expect(verdict).toBe('Allowed');
        }
      }),
      { seed: 20_261_122, numRuns: 1500 },
    );
    expect([...seen].sort()).toEqual(['none', 'part', 'whole']);
  });
});
