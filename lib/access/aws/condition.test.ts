import { describe, expect, it } from 'vitest';
import { compileCondition, conditionHolds } from './condition.ts';
import type { Truth } from './truth.ts';

const VALUES = new Map<string, readonly string[]>([
  ['one', ['Alpha']],
  ['many', ['alpha', 'beta']],
  ['number', ['10']],
  ['date', ['2026-05-01T00:00:00Z']],
  ['flag', ['true']],
  ['bytes', ['aGVsbG8=']],
  ['address', ['203.0.113.7']],
  ['address6', ['2001:db8::7']],
  ['arn', ['arn:aws:iam::111122223333:role/team/a']],
  ['star', ['*']],
  ['text', ['not an arn']],
]);
const CONTEXT = { values: VALUES, isAbsent: (key: string) => key.startsWith('absent') };

type Row = readonly [operator: string, key: string, values: readonly string[], expected: Truth];

const OPERATORS: readonly Row[] = [
  ['StringEquals', 'one', ['Alpha'], true],
  ['StringEquals', 'one', ['alpha'], false],
  ['StringEquals', 'one', ['x', 'Alpha'], true],
  ['StringEquals', 'one', ['*'], false],
  ['StringEquals', 'star', ['*'], true],
  ['StringEquals', 'one', [], false],
  ['StringNotEquals', 'one', ['x', 'y'], true],
  ['StringNotEquals', 'one', ['x', 'Alpha'], false],
  ['StringEqualsIgnoreCase', 'one', ['aLPHA'], true],
  ['StringEqualsIgnoreCase', 'one', ['alph'], false],
  ['StringNotEqualsIgnoreCase', 'one', ['aLPHA'], false],
  ['StringNotEqualsIgnoreCase', 'one', ['beta'], true],
  ['StringLike', 'one', ['Al*'], true],
  ['StringLike', 'one', ['Alph?'], true],
  ['StringLike', 'one', ['al*'], false],
  ['StringLike', 'one', ['Alpha?'], false],
  ['StringNotLike', 'one', ['Al*'], false],
  ['StringNotLike', 'one', ['B*'], true],
  ['NumericEquals', 'number', ['10.0'], true],
  ['NumericEquals', 'number', ['9'], false],
  ['NumericNotEquals', 'number', ['9'], true],
  ['NumericNotEquals', 'number', ['10'], false],
  ['NumericLessThan', 'number', ['11'], true],
  ['NumericLessThan', 'number', ['10'], false],
  ['NumericLessThanEquals', 'number', ['10'], true],
  ['NumericLessThanEquals', 'number', ['9'], false],
  ['NumericGreaterThan', 'number', ['9'], true],
  ['NumericGreaterThan', 'number', ['10'], false],
  ['NumericGreaterThanEquals', 'number', ['10'], true],
  ['NumericGreaterThanEquals', 'number', ['11'], false],
  ['NumericEquals', 'text', ['10'], false],
  ['NumericEquals', 'number', ['ten'], 'unknown'],
  ['DateEquals', 'date', ['2026-05-01T02:00:00+02:00'], true],
  ['DateEquals', 'date', ['1777593600'], true],
  ['DateNotEquals', 'date', ['2026-05-01'], false],
  ['DateLessThan', 'date', ['2026-05-02'], true],
  ['DateLessThanEquals', 'date', ['2026-04-30'], false],
  ['DateGreaterThan', 'date', ['2026-04-30'], true],
  ['DateGreaterThanEquals', 'date', ['2026-05-02'], false],
  ['DateLessThan', 'date', ['tomorrow'], 'unknown'],
  ['Bool', 'flag', ['True'], true],
  ['Bool', 'flag', ['false'], false],
  ['BinaryEquals', 'bytes', ['aGVsbG8='], true],
  ['BinaryEquals', 'bytes', ['aGVsbG8'], false],
  ['IpAddress', 'address', ['203.0.113.0/24'], true],
  ['IpAddress', 'address', ['203.0.112.0/24', '203.0.113.7'], true],
  ['IpAddress', 'address', ['203.0.112.0/24'], false],
  ['IpAddress', 'address', ['::/0'], false],
  ['IpAddress', 'address', ['0.0.0.0/0'], true],
  ['IpAddress', 'address6', ['2001:db8::/32'], true],
  ['IpAddress', 'address6', ['2001:db9::/32'], false],
  ['IpAddress', 'address', ['203.0.113.0/33'], 'unknown'],
  ['NotIpAddress', 'address', ['203.0.113.0/24'], false],
  ['NotIpAddress', 'address', ['198.51.100.0/24'], true],
  ['ArnEquals', 'arn', ['arn:aws:iam::111122223333:role/team/a'], true],
  ['ArnEquals', 'arn', ['arn:aws:iam::*:role/team/*'], true],
  ['ArnLike', 'arn', ['arn:aws:iam::1111*:role/*'], true],
  ['ArnLike', 'arn', ['arn:aws:*:role/team/a'], 'unknown'],
  ['ArnLike', 'arn', ['arn:aws:i*::111122223333:role/team/a:'], false],
  ['ArnLike', 'arn', ['arn:aws:s3:::bucket'], false],
  ['ArnLike', 'arn', ['*'], true],
  ['ArnLike', 'text', ['arn:aws:iam::*:role/*'], false],
  ['ArnNotEquals', 'arn', ['arn:aws:iam::111122223333:role/team/a'], false],
  ['ArnNotLike', 'arn', ['arn:aws:iam::*:user/*'], true],
  ['Null', 'one', ['false'], true],
  ['Null', 'one', ['true'], false],
  ['Null', 'absent', ['true'], true],
  ['Null', 'absent', ['false'], false],
  ['Null', 'unsure', ['true'], 'unknown'],
  ['StringSomething', 'one', ['Alpha'], 'unknown'],
  ['stringequals', 'ONE', ['Alpha'], true],
];

const MISSING: readonly Row[] = [
  ['StringEquals', 'absent', ['x'], false],
  ['StringLike', 'absent', ['*'], false],
  ['ArnLike', 'absent', ['*'], false],
  ['NumericLessThan', 'absent', ['1'], false],
  ['Bool', 'absent', ['false'], false],
  ['IpAddress', 'absent', ['0.0.0.0/0'], false],
  ['StringNotEquals', 'absent', ['x'], true],
  ['StringNotLike', 'absent', ['*'], true],
  ['ArnNotEquals', 'absent', ['arn:aws:iam::1:role/x'], true],
  ['NotIpAddress', 'absent', ['0.0.0.0/0'], true],
  ['StringEqualsIfExists', 'absent', ['x'], true],
  ['BoolIfExists', 'absent', ['true'], true],
  ['StringEqualsIfExists', 'one', ['x'], false],
  ['ForAllValues:StringEquals', 'absent', ['x'], true],
  ['ForAnyValue:StringEquals', 'absent', ['x'], false],
  ['ForAnyValue:StringNotEquals', 'absent', ['x'], false],
  ['StringEquals', 'unsure', ['x'], 'unknown'],
  ['StringNotEquals', 'unsure', ['x'], 'unknown'],
  ['StringEqualsIfExists', 'unsure', ['x'], 'unknown'],
  ['ForAllValues:StringLike', 'unsure', ['*'], 'unknown'],
];

const QUANTIFIED: readonly Row[] = [
  ['ForAnyValue:StringEquals', 'many', ['beta', 'gamma'], true],
  ['ForAnyValue:StringEquals', 'many', ['gamma'], false],
  ['ForAllValues:StringEquals', 'many', ['alpha', 'beta', 'gamma'], true],
  ['ForAllValues:StringEquals', 'many', ['alpha'], false],
  ['ForAllValues:StringNotEquals', 'many', ['gamma'], true],
  ['ForAllValues:StringNotEquals', 'many', ['alpha'], false],
  ['ForAnyValue:StringNotEquals', 'many', ['alpha'], true],
  ['ForAnyValue:StringNotEquals', 'many', ['alpha', 'beta'], false],
  ['ForAnyValue:StringLike', 'many', ['b*'], true],
];

/** Keeps the policy's own variables apart from those of template texts. */
const D = '$';

const VARIABLES: readonly Row[] = [
  ['StringEquals', 'one', [`${D}{one}`], true],
  ['StringEquals', 'one', [`${D}{ONE}`], true],
  ['StringEquals', 'one', [`x${D}{one}`], false],
  ['StringEquals', 'one', [`${D}{absent, 'Alpha'}`], true],
  ['StringEquals', 'one', [`${D}{absent}`], false],
  ['StringNotEquals', 'one', [`${D}{absent}`], 'unknown'],
  ['StringEquals', 'one', [`${D}{unsure}`], 'unknown'],
  ['StringEquals', 'one', [`${D}{many}`], 'unknown'],
  ['StringLike', 'one', [`${D}{star}`], false],
  ['StringLike', 'star', [`${D}{*}`], true],
  ['StringLike', 'one', [`${D}{*}`], false],
  ['StringLike', 'one', [`${D}{one`], false],
  ['ArnLike', 'arn', [`arn:aws:iam::${D}{absent, '111122223333'}:role/*`], true],
];

describe.each([
  ['operators', OPERATORS],
  ['missing and unknown keys', MISSING],
  ['quantifiers', QUANTIFIED],
  ['policy variables', VARIABLES],
])('%s', (_name, rows) => {
  it.each(rows)('%s %s %j is %s', (operator, key, values, expected) => {
    expect(conditionHolds(compileCondition({ operator, key, values }, true), CONTEXT)).toBe(expected);
  });
});

it('takes `${` as text in documents that know no variables', () => {
  const condition = { operator: 'StringEquals', key: 'one', values: [`${D}{one}`] };
  expect(conditionHolds(compileCondition(condition, false), CONTEXT)).toBe(false);
});
