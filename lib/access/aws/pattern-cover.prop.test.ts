import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern, type Pattern, patternOf, wildcardParts } from '../pattern.ts';
import { ANYTHING, patternCovers, patternsMayMeet } from './pattern-cover.ts';

const SETTINGS = { seed: 20_261_122, numRuns: 3000 };
const of = (text: string): Pattern => patternOf(wildcardParts(text));

/** Every text of up to four letters out of two. */
const TEXTS = [
  '',
  ...Array.from({ length: 4 }, (_, size) => size + 1).flatMap((size) =>
    Array.from({ length: 2 ** size }, (_, bits) => bits.toString(2).padStart(size, '0').replaceAll('0', 'a').replaceAll('1', 'b')),
  ),
];
const pattern = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 4 }).map((list) => list.join(''));

describe('patternCovers', () => {
  it.each([
    ['*', 's3:*', true],
    ['s3:*', 's3:GetObject', true],
    ['s3:*', 's3:Get*', true],
    ['s3:Get*', 's3:*', false],
    ['s3:?et*', 's3:Get*', true],
    ['s3:Get*', 's3:?et*', false],
    ['arn:aws:s3:::assets/*', 'arn:aws:s3:::assets/public/*', true],
    ['arn:aws:s3:::assets/*', 'arn:aws:s3:::assets', false],
    ['arn:aws:s3:::*/public/*', 'arn:aws:s3:::assets/public/x', true],
    ['a', 'a', true],
    ['a', 'b', false],
    ['*?', '*', false],
  ])('%s over %s: %s', (sup, sub, expected) => {
    expect(patternCovers(of(sup), of(sub))).toBe(expected);
  });

  it('says yes only where every text of the one is one of the other', () => {
    fc.assert(
      fc.property(pattern, pattern, (sup, sub) => {
        fc.pre(patternCovers(of(sup), of(sub)));
        for (const text of TEXTS)
          if (matchesPattern(of(sub), text)) expect(matchesPattern(of(sup), text), `${sup} ${sub} ${text}`).toBe(true);
      }),
      SETTINGS,
    );
  });

  it('equals matching where the other is a text', () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom(...TEXTS), (sup, text) => {
        expect(patternCovers(of(sup), of(text))).toBe(matchesPattern(of(sup), text));
      }),
      SETTINGS,
    );
  });

  it('knows the pattern of everything, and itself', () => {
    fc.assert(
      fc.property(pattern, (one) => {
        expect([patternCovers(ANYTHING, of(one)), patternCovers(of(one), of(one))]).toEqual([true, true]);
      }),
      SETTINGS,
    );
  });
});

describe('patterns made to take for ever', () => {
  const sup = of(`${'*a'.repeat(1000)}${'a'.repeat(20_000)}b`);
  const sub = of('a'.repeat(200_000));

  it('are given up: not covered, and they may meet', () => {
    expect([patternCovers(sup, sub), patternsMayMeet(sup, sub)]).toEqual([false, true]);
  });
});

describe('patternsMayMeet', () => {
  it.each([
    ['s3:Get*', 's3:*Object', true],
    ['s3:Get*', 's3:Put*', false],
    ['*Object', '*Bucket', false],
    ['s3:*', 'sqs:*', false],
    ['a*', 'a', true],
    ['a?', 'a', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(patternsMayMeet(of(one), of(other))).toBe(expected);
    expect(patternsMayMeet(of(other), of(one))).toBe(expected);
  });

  it('never says no where a text fits both', () => {
    fc.assert(
      fc.property(pattern, pattern, (one, other) => {
        fc.pre(!patternsMayMeet(of(one), of(other)));
        for (const text of TEXTS)
          expect(matchesPattern(of(one), text) && matchesPattern(of(other), text), `${one} ${other} ${text}`).toBe(false);
      }),
      SETTINGS,
    );
  });
});
