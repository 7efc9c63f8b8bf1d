import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessAnswer, evaluateAccess } from './access.ts';
import type { PolicyVerdict } from './policy.ts';
import { asking, EVERYTHING, type Scene, SELF, type Statement } from './testing/asking.ts';
import { ACCOUNT } from './testing/world.ts';

const SETTINGS = { seed: 20_261_122, numRuns: 400 };

const condition = fc.constantFrom<Statement>(
  {},
  {},
  { Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } } },
  { Condition: { StringEquals: { 'aws:PrincipalAccount': 'x' } } },
  { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
  { Condition: { StringNotLike: { 's3:prefix': 'x*' } } },
);
const what = fc.constantFrom<Statement>(
  { Action: '*', Resource: '*' },
  { Action: 's3:Get*', Resource: 'arn:aws:s3:::assets/*' },
  { Action: ['s3:PutObject', 'sqs:*'], Resource: '*' },
  { NotAction: 'iam:*', Resource: '*' },
  { NotAction: 's3:GetObject', Resource: '*' },
  { Action: 's3:GetObject', NotResource: 'arn:aws:s3:::assets/logo.png' },
);
const statementOf = (effect: 'Allow' | 'Deny'): fc.Arbitrary<Statement> =>
  fc.tuple(what, condition).map(([one, other]) => ({ Effect: effect, ...one, ...other }));
const statement = fc.oneof(statementOf('Allow'), statementOf('Allow'), statementOf('Deny'));
const statements = fc.array(statement, { maxLength: 3 });
const principal = fc.constantFrom<Statement>(
  { Principal: '*' },
  { Principal: { AWS: SELF } },
  { Principal: { AWS: ACCOUNT } },
  { Principal: { AWS: 'x' } },
);
const ofResource = fc.array(
  fc.tuple(statement, principal).map(([one, other]) => ({ ...one, ...other })),
  { maxLength: 2 },
);
const scene: fc.Arbitrary<Scene> = fc.record(
  { inline: statements, attached: statements, boundary: statements, session: statements, resourcePolicy: ofResource },
  { requiredKeys: ['inline'] },
);

const answer = (asked: Scene): AccessAnswer => {
  const { index, question } = asking(asked);
  return evaluateAccess(index, question);
};
const verdict = (asked: Scene): PolicyVerdict => answer(asked).verdict;
const generosity: { readonly [verdict in PolicyVerdict]: number } = {
  ExplicitlyDenied: 0,
  ImplicitlyDenied: 0,
  Conditional: 1,
  Allowed: 2,
};
const no = (asked: Scene): number => generosity[verdict(asked)];

describe('evaluateAccess', () => {
  it.each<readonly [string, (one: Scene, deny: Statement) => Scene]>([
    ['an inline policy', (one, deny) => ({ ...one, inline: [...(one.inline ?? []), deny] })],
    ['an attached policy', (one, deny) => ({ ...one, attached: [...(one.attached ?? []), deny] })],
    ['the boundary', (one, deny) => (Array.isArray(one.boundary) ? { ...one, boundary: [...one.boundary, deny] } : one)],
    ['the session', (one, deny) => (one.session === undefined ? one : { ...one, session: [...one.session, deny] })],
    [
      'the resource',
      (one, deny) => ({
        ...one,
        resourcePolicy: [...(Array.isArray(one.resourcePolicy) ? one.resourcePolicy : []), { ...deny, Principal: '*' }],
      }),
    ],
  ])('never allows more for a Deny more in %s', (_where, add) => {
    fc.assert(
      fc.property(scene, statementOf('Deny'), (one, deny) => {
        expect(no(add(one, deny))).toBeLessThanOrEqual(no(one));
      }),
      SETTINGS,
    );
  });

  it('never allows more for a boundary, a session policy or an organisation', () => {
    fc.assert(
      fc.property(scene, statements, (one, limit) => {
        const { boundary: _boundary, session: _session, ...free } = one;
        const most = no(free);
        expect(no({ ...free, boundary: limit })).toBeLessThanOrEqual(most);
        expect(no({ ...free, session: limit })).toBeLessThanOrEqual(most);
        expect(no({ ...free, levels: [[EVERYTHING], limit, [EVERYTHING]] })).toBeLessThanOrEqual(most);
      }),
      SETTINGS,
    );
  });

  it('says the same within limits that allow everything', () => {
    fc.assert(
      fc.property(scene, (one) => {
        const { boundary: _boundary, session: _session, ...free } = one;
        expect(verdict({ ...free, boundary: [EVERYTHING], session: [EVERYTHING], levels: [[EVERYTHING], [EVERYTHING]] })).toBe(
          verdict(free),
        );
      }),
      SETTINGS,
    );
  });

  it('does not look at the order of statements, nor at which policy has them', () => {
    fc.assert(
      fc.property(scene, (one) => {
        const { inline = [], attached = [], ...rest } = one;
        const expected = verdict(one);
        expect(verdict({ ...rest, inline: [...inline].reverse(), attached: [...attached].reverse() })).toBe(expected);
        expect(verdict({ ...rest, inline: attached, attached: inline })).toBe(expected);
        expect(verdict({ ...rest, inline: [...attached, ...inline] })).toBe(expected);
      }),
      SETTINGS,
    );
  });

  it('never turns sure by what is said of the request but in one of the ways that were open', () => {
    fc.assert(
      fc.property(scene, fc.constantFrom('10.1.1.1', '192.0.2.1'), fc.constantFrom('x1', 'y'), (one, address, prefix) => {
        const open = verdict(one);
        const { verdict: said, dependsOn } = answer({ ...one, context: { 'aws:SourceIp': address, 's3:prefix': prefix } });
        expect(dependsOn.filter((item) => !item.startsWith('what AWS makes of Principal *'))).toEqual([]);
        if (open !== 'Conditional') expect(generosity[said]).toBe(generosity[open]);
      }),
      SETTINGS,
    );
  });

  it('answers patterns of a megabyte', () => {
    const stars = '*'.repeat(1_000_000);
    const inline = [{ Effect: 'Allow', Action: `s3:${stars}`, Resource: `arn:aws:s3:::${stars}x${stars}` }];
    expect(verdict({ inline })).toBe('ImplicitlyDenied');
    expect(verdict({ inline, resource: 'arn:aws:s3:::assets/x' })).toBe('Allowed');
    const alternating = [{ Effect: 'Allow', Action: '*', Resource: '*a'.repeat(500_000) }];
    expect(verdict({ inline: alternating, resource: `arn:aws:s3:::assets/${'a'.repeat(1000)}` })).toBe('ImplicitlyDenied');
  });
});
