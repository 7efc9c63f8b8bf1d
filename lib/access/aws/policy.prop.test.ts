import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyDocument, PolicyStatement } from '../../inventory/aws.ts';
import { matchesPattern, patternOf, wildcardParts } from '../pattern.ts';
import { compilePolicy, evaluatePolicy, type PolicyVerdict } from './policy.ts';

const SETTINGS = { seed: 20_260_501, numRuns: 2000 };

const REQUEST = {
  principal: { type: 'Federated' as const, value: 'provider' },
  action: 'sts:AssumeRoleWithWebIdentity',
  context: { values: new Map([['issuer:sub', ['aab']]]), isAbsent: (key: string) => key === 'absent' },
};

const texts = fc.constantFrom('aab', 'a*', '*b', '?ab', 'x', '*', '');
const condition = fc.record({
  operator: fc.constantFrom(
    'StringEquals',
    'StringLike',
    'StringNotLike',
    'StringEqualsIfExists',
    'ForAllValues:StringLike',
    'Null',
    'IpAddress',
  ),
  key: fc.constantFrom('issuer:sub', 'absent', 'aws:SourceIp'),
  values: fc.array(fc.oneof(texts, fc.constantFrom('true', 'false')), { maxLength: 3 }),
});
const statementOf = (effect: fc.Arbitrary<'Allow' | 'Deny'>): fc.Arbitrary<PolicyStatement> =>
  fc.record({
    index: fc.constant(0),
    effect,
    principals: fc.array(
      fc.constantFrom({ type: 'Federated', value: 'provider' }, { type: '*', value: '*' }, { type: 'AWS', value: 'x' }),
      { maxLength: 2 },
    ),
    actions: fc.array(fc.constantFrom('sts:*', 'sts:assumerolewithwebidentity', 's3:*', '*'), { maxLength: 2 }),
    conditions: fc.array(condition, { maxLength: 2 }),
  });
const statements = fc.array(statementOf(fc.constantFrom('Allow', 'Deny')), { maxLength: 5 });

const verdict = (list: readonly PolicyStatement[], unreadable?: string): PolicyVerdict => {
  const document: PolicyDocument = { version: '2012-10-17', statements: list, ...(unreadable === undefined ? {} : { unreadable }) };
  return evaluatePolicy(compilePolicy(document), REQUEST).verdict;
};
const generosity: { readonly [verdict in PolicyVerdict]: number } = {
  ExplicitlyDenied: 0,
  ImplicitlyDenied: 0,
  Conditional: 1,
  Allowed: 2,
};

describe('a policy', () => {
  it('never allows more for a Deny more', () => {
    fc.assert(
      fc.property(statements, statementOf(fc.constant('Deny')), (list, deny) => {
        expect(generosity[verdict([...list, deny])]).toBeLessThanOrEqual(generosity[verdict(list)]);
      }),
      SETTINGS,
    );
  });

  it('never allows less for an Allow more', () => {
    fc.assert(
      fc.property(statements, statementOf(fc.constant('Allow')), (list, allow) => {
        expect(generosity[verdict([...list, allow])]).toBeGreaterThanOrEqual(generosity[verdict(list)]);
      }),
      SETTINGS,
    );
  });

  it('does not look at the order of its statements', () => {
    fc.assert(
      fc.property(statements, (list) => {
        expect(verdict([...list].reverse())).toBe(verdict(list));
      }),
      SETTINGS,
    );
  });

  it('neither allows nor denies where it is unreadable', () => {
    fc.assert(
      fc.property(statements, (list) => {
        expect(verdict(list, 'broken')).toBe('Conditional');
      }),
      { ...SETTINGS, numRuns: 50 },
    );
  });
});

/** Tries every length for every `*`. */
function bruteForce(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*')
    return Array.from({ length: text.length + 1 }, (_, at) => at).some((at) => bruteForce(pattern.slice(1), text.slice(at)));
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && bruteForce(pattern.slice(1), text.slice(1));
}

describe('the wildcard matcher', () => {
  const letters = (alphabet: readonly string[], maxLength: number) =>
    fc.array(fc.constantFrom(...alphabet), { maxLength }).map((list) => list.join(''));

  it('equals trying every length for every star', () => {
    fc.assert(
      fc.property(letters(['a', 'b', '*', '?'], 8), letters(['a', 'b', '*', ':', '/'], 8), (pattern, text) => {
        expect(matchesPattern(patternOf(wildcardParts(pattern)), text)).toBe(bruteForce(pattern, text));
      }),
      { ...SETTINGS, numRuns: 20_000 },
    );
  });

  it('answers a pattern made to blow up', () => {
    const pattern = patternOf(wildcardParts(`${'*a'.repeat(2000)}b`));
    expect(matchesPattern(pattern, 'a'.repeat(4000))).toBe(false);
  });
});
