import { describe, expect, it } from 'vitest';
import type { Truth } from '../aws/truth.ts';
import { evaluateExpression } from './claims-expression.ts';

const CLAIMS = new Map([
  ['sub', 'system:serviceaccount:team-a:web'],
  ['iss', 'https://issuer/'],
  ['aud', 'aud'],
]);

describe('expressions of flexible credentials', () => {
  it.each<[string, Truth]>([
    ["claims['sub'] eq 'system:serviceaccount:team-a:web'", true],
    ["claims['sub'] eq 'system:serviceaccount:team-a:*'", false],
    ["claims['sub'] eq 'system:serviceaccount:Team-a:web'", false],
    ["claims['sub'] matches 'system:serviceaccount:team-a:*'", true],
    ["claims['sub'] matches 'system:serviceaccount:team-?:web'", true],
    ["claims['sub'] matches 'system:serviceaccount:team-a?:web'", false],
    ["claims['sub'] matches 'system:serviceaccount:*:web'", true],
    ["claims['sub'] matches 'team-a'", false],
    ["claims['sub'] matches '*'", true],
    ["claims['sub'] matches '*team-a*' and claims['aud'] eq 'aud'", true],
    ["claims['sub'] matches '*team-a*' and claims['aud'] eq 'other'", false],
    ["claims['sub'] matches '*' and claims['kubernetes.io'] eq 'x'", 'unknown'],
    ["claims['kubernetes.io'] eq 'x' and claims['sub'] eq 'other'", false],
    ["claims['sub'] startsWith 'system'", 'unknown'],
    ["claims['sub'] eq 'a' or claims['sub'] eq 'b'", 'unknown'],
    ["claims.sub eq 'a'", 'unknown'],
    ["claims['sub'] eq 'it's'", 'unknown'],
    ["claims['sub'] matches '*' and", 'unknown'],
    ['', 'unknown'],
    [`claims['sub'] matches '*'${" and claims['sub'] matches '*'".repeat(1000)}`, 'unknown'],
  ])('%s is %s', (value, truth) => {
    expect(evaluateExpression({ value }, CLAIMS).truth).toBe(truth);
  });

  it('does not know other versions of the language', () => {
    const value = "claims['sub'] matches '*'";
    expect([1, 2].map((version) => evaluateExpression({ value, version }, CLAIMS).truth)).toEqual([true, 'unknown']);
  });

  it('says which claims it hangs on', () => {
    expect(evaluateExpression({ value: "claims['sub'] matches '*' and claims['x'] eq 'y'" }, CLAIMS).dependsOn).toEqual([
      "the token's claim `x`",
    ]);
  });

  it('is not slowed down by wildcards', () => {
    const claims = new Map([['sub', 'a'.repeat(2000)]]);
    expect(evaluateExpression({ value: `claims['sub'] matches '${'*a'.repeat(450)}b'` }, claims).truth).toBe(false);
  });
});
