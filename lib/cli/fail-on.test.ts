import { describe, expect, test } from 'vitest';
import type { Severity } from '../analysis/summary.ts';
import { BadUse } from './bad-use.ts';
import { exitCodeOf, failOnOf } from './fail-on.ts';

describe('failOnOf', () => {
  test.each(['critical', 'high', 'medium', 'low'] as const)('%s is a severity', (severity) => {
    expect(failOnOf(severity)).toBe(severity);
  });

  test('what is not given fails nothing', () => {
    expect(failOnOf(undefined)).toBeUndefined();
  });

  test.each(['none', 'Critical', '', 'high,low', '__proto__'])('`%s` is refused', (text) => {
    expect(() => failOnOf(text)).toThrow(BadUse);
  });
});

describe('exitCodeOf', () => {
  const rows: [name: string, failOn: Severity | undefined, found: Severity[], code: 0 | 1][] = [
    ['the same severity', 'high', ['low', 'high'], 1],
    ['a worse one', 'high', ['critical'], 1],
    ['only lesser ones', 'high', ['medium', 'low', 'none'], 0],
    ['nothing found', 'low', [], 0],
    ['nothing to fail on', undefined, ['critical'], 0],
    ['what reaches nothing is no finding', 'low', ['none'], 0],
  ];
  test.each(rows)('%s', (_, failOn, found, code) => {
    expect(exitCodeOf(failOn, found)).toBe(code);
  });
});
