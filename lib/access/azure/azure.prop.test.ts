import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CloudAnswer, CloudDecision } from '../cloud/question.ts';
import { evaluateCondition } from './condition.ts';
import { globMatches } from './glob.ts';
import { azureReview } from './review.ts';
import { type AzureParts, assignment, azureWorld, definition, deny, GROUP, identity, SUB_SCOPE } from './testing/azure-account.ts';

const seed = 20260;
const ACTIONS = ['A/x/read', 'A/x/write', 'A/y/read', 'B/x/delete'];
const SCOPES = ['/', SUB_SCOPE, GROUP, `${GROUP}/providers/A/x/one`, `${GROUP}-2`];
const pattern = fc.constantFrom('*', 'A/*', '*/read', 'A/x/*', 'a/X/READ', 'B/x/delete', 'C/*');
const role = fc.record({ actions: fc.array(pattern, { maxLength: 2 }), notActions: fc.array(pattern, { maxLength: 1 }) });
const scope = fc.constantFrom(...SCOPES);
const parts = fc
  .record({
    roles: fc.array(role, { minLength: 1, maxLength: 3 }),
    assignments: fc.array(fc.tuple(fc.nat(2), scope, fc.constantFrom(undefined, "@Request[q] StringEquals 'x'")), { maxLength: 4 }),
  })
  .map(
    ({ roles, assignments }): AzureParts => ({
      identities: [identity('web')],
      definitions: roles.map((permissions, number) => definition(`role${number}`, permissions)),
      assignments: assignments.map(([number, at, condition]) =>
        assignment(`role${number % roles.length}`, 'web', at, condition === undefined ? {} : { condition }),
      ),
    }),
  );
const denyParts = fc.tuple(pattern, scope).map(([action, at]) => deny('d', at, { permissions: [{ actions: [action] }] }));
const question = fc.tuple(fc.constantFrom(...ACTIONS), scope);

const ALLOWS: Record<CloudDecision, number> = { ExplicitlyDenied: 0, ImplicitlyDenied: 0, Conditional: 1, Allowed: 2 };
const ask = (own: AzureParts, [action, resource]: readonly [string, string]): CloudAnswer =>
  azureReview(azureWorld({ clusters: [], ...own }), { identity: 'web', action, resource }) as CloudAnswer;

describe('Azure RBAC', () => {
  it('never allows more because of a deny assignment', () => {
    fc.assert(
      fc.property(parts, denyParts, question, (own, denied, asked) => {
        expect(ALLOWS[ask({ ...own, denies: [denied] }, asked).decision]).toBeLessThanOrEqual(ALLOWS[ask(own, asked).decision]);
      }),
      { seed, numRuns: 150 },
    );
  });

  it('never allows less because of another role assignment', () => {
    fc.assert(
      fc.property(parts, scope, question, (own, at, asked) => {
        const more = { ...own, assignments: [...(own.assignments ?? []), assignment('role0', 'web', at)] };
        expect(ALLOWS[ask(more, asked).decision]).toBeGreaterThanOrEqual(ALLOWS[ask(own, asked).decision]);
      }),
      { seed, numRuns: 150 },
    );
  });

  it('does not look at the order of assignments and definitions', () => {
    fc.assert(
      fc.property(parts, question, (own, asked) => {
        const turned = { ...own, assignments: [...(own.assignments ?? [])].reverse(), definitions: [...(own.definitions ?? [])].reverse() };
        expect(ask(turned, asked).decision).toBe(ask(own, asked).decision);
      }),
      { seed, numRuns: 150 },
    );
  });
});

describe('patterns', () => {
  it('fit what the regular expression fits', () => {
    const text = fc.stringMatching(/^[ab/]{0,8}$/);
    const glob = fc.stringMatching(/^[ab/*?]{0,6}$/);
    fc.assert(
      fc.property(glob, text, (wanted, given) => {
        const expected = new RegExp(`^${wanted.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(given);
        expect(globMatches(wanted, given, { single: true })).toBe(expected);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

describe('conditions', () => {
  it('never throw, whatever is written', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '{',
      '}',
      ',',
      '!',
      '&&',
      'OR',
      "'x'",
      '@Resource[a:b]',
      'StringEquals',
      'ActionMatches',
      'Exists',
      ' ',
      "'",
      '@',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { truth, dependsOn } = evaluateCondition(pieces.join(' '), { action: 'a', resource: '/' });
        expect(truth === 'unknown').toBe(dependsOn.length > 0);
      }),
      { seed, numRuns: 2000 },
    );
  });
});
