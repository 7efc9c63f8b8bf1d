import { describe, expect, it } from 'vitest';
import type { Truth } from '../aws/truth.ts';
import { evaluateCondition } from './condition.ts';
import { parseCondition } from './condition-parser.ts';

const READ = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const ACCOUNT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/acme';
const BLOB = `${ACCOUNT}/blobServices/default/containers/public/blobs/a/b.txt`;
const NAME = '@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]';
const PATH = '@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path]';
const truthOf = (condition: string, options: { action?: string; resource?: string; context?: Record<string, string[]> } = {}): Truth =>
  evaluateCondition(condition, {
    action: options.action ?? READ,
    resource: options.resource ?? BLOB,
    context: new Map(Object.entries(options.context ?? {})),
  }).truth;

describe('comparisons', () => {
  it.each<[string, Truth]>([
    [`${NAME} StringEquals 'public'`, true],
    [`${NAME} StringEquals 'Public'`, false],
    [`${NAME} StringEqualsIgnoreCase 'Public'`, true],
    [`${NAME} StringNotEquals 'private'`, true],
    [`${NAME} StringNotEqualsIgnoreCase 'PUBLIC'`, false],
    [`${NAME} StringStartsWith 'pub'`, true],
    [`${NAME} StringNotStartsWith 'pub'`, false],
    [`${NAME} StringStartsWithIgnoreCase 'PUB'`, true],
    [`${NAME} StringLike 'p*c'`, true],
    [`${NAME} StringLike 'p?blic'`, true],
    [`${NAME} StringLike 'p*'`, true],
    [`${NAME} StringLike 'P*'`, false],
    [`${NAME} StringLikeIgnoreCase 'P*'`, true],
    [`${NAME} StringNotLike 'x*'`, true],
    [`${NAME} StringLike 'p\\*'`, false],
    [`${PATH} StringLike 'a/*'`, true],
    [`${PATH} StringEquals 'a/b.txt'`, true],
    ["@Resource[Microsoft.Storage/storageAccounts:name] StringEquals 'acme'", true],
    [`'public' StringEquals ${NAME}`, true],
    ["'a' StringEquals 'it''s'", false],
    [`${NAME} ForAnyOfAnyValues:StringEquals {'x', 'public'}`, true],
    [`${NAME} ForAnyOfAnyValues:StringEquals {'x', 'y'}`, false],
    ["{'red', 'blue'} ForAnyOfAnyValues:StringEquals {'blue', 'green'}", true],
    ["{'red', 'blue'} ForAnyOfAnyValues:StringEquals {'orange', 'green'}", false],
    ["{'red', 'blue'} ForAllOfAnyValues:StringEquals {'orange', 'red', 'blue'}", true],
    ["{'red', 'blue'} ForAllOfAnyValues:StringEquals {'red', 'green'}", false],
    ['{10, 20} ForAnyOfAllValues:NumericLessThan {15, 18}', true],
    ['{10, 20} ForAllOfAllValues:NumericLessThan {5, 15, 18}', false],
    ['{10, 20} ForAllOfAllValues:NumericLessThan {25, 30}', true],
    ['{10, 20} ForAllOfAllValues:NumericLessThan {15, 25, 30}', false],
    ['3 NumericGreaterThanEquals 3', true],
    ['3 NumericNotEquals 3', false],
    ['4 NumericGreaterThan 3', true],
    ['3 NumericLessThanEquals 2', false],
    ["'true' BoolEquals 'TRUE'", true],
    ["'true' BoolNotEquals true", false],
    ['{ABCDEF00-0000-0000-0000-000000000000} ForAnyOfAnyValues:GuidEquals {abcdef00-0000-0000-0000-000000000000}', true],
    ['abcdef00-0000-0000-0000-000000000000 GuidNotEquals abcdef00-0000-0000-0000-000000000001', true],
    ["@Request[a:b] StringEquals 'x'", 'unknown'],
    ["@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Team_x] StringEquals 'x'", 'unknown'],
    ["@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:P<$key_case_sensitive$>] StringEquals 'x'", 'unknown'],
    [`${NAME} StringUnheardOf 'x'`, 'unknown'],
    [`${NAME} ForEveryValue:StringEquals 'public'`, 'unknown'],
    ["@Environment[UtcNow] DateTimeGreaterThan '2026-01-01T00:00:00Z'", 'unknown'],
    [`Exists ${NAME}`, true],
    ['Exists @Request[x:y]', 'unknown'],
    ['NOT Exists @Request[x:y]', 'unknown'],
  ])('%s is %s', (condition, truth) => {
    expect(truthOf(condition)).toBe(truth);
  });
});

describe('logic', () => {
  const YES = `${NAME} StringEquals 'public'`;
  const NO = `${NAME} StringEquals 'private'`;
  const MAYBE = "@Request[a:b] StringEquals 'x'";
  it.each<[string, Truth]>([
    [`!(${YES})`, false],
    [`NOT ${NO}`, true],
    [`not (${MAYBE})`, 'unknown'],
    [`${YES} AND ${NO}`, false],
    [`${YES} && ${YES}`, true],
    [`${MAYBE} AND ${NO}`, false],
    [`${MAYBE} AND ${YES}`, 'unknown'],
    [`${NO} OR ${YES}`, true],
    [`${MAYBE} || ${YES}`, true],
    [`${MAYBE} OR ${NO}`, 'unknown'],
    [`${NO} AND ${NO} OR ${YES}`, true],
    [`${NO} AND (${NO} OR ${YES})`, false],
    [`${'('.repeat(40)}${YES}${')'.repeat(40)}`, true],
  ])('%s is %s', (condition, truth) => {
    expect(truthOf(condition)).toBe(truth);
  });
});

describe('actions', () => {
  const READS = `((!(ActionMatches{'${READ}'} AND NOT SubOperationMatches{'Blob.List'})) OR (${NAME} StringEquals 'public'))`;
  const PRIVATE = BLOB.replace('/public/', '/private/');
  it.each<[string, string, Parameters<typeof truthOf>[1], Truth]>([
    ['a blob in the container', READS, {}, true],
    ['a blob in another container', READS, { resource: PRIVATE }, false],
    ['another action', READS, { action: READ.replace('/read', '/write'), resource: PRIVATE }, true],
    ['the action in another case', READS, { action: READ.toUpperCase(), resource: PRIVATE }, false],
    ['the whole account', READS, { resource: ACCOUNT }, 'unknown'],
    ['another container', READS, { resource: PRIVATE.replace('/blobs/a/b.txt', '') }, 'unknown'],
    ['a list by its suboperation', READS, { resource: PRIVATE, context: { suboperation: ['Blob.List'] } }, true],
    ['no list by its suboperation', READS, { resource: ACCOUNT, context: { subOperation: ['Blob.Read.WithTagConditions'] } }, 'unknown'],
    ['an attribute from the context', `${NAME} StringEquals 'x'`, { resource: ACCOUNT, context: { [NAME.toLowerCase()]: ['x'] } }, true],
    [
      'an attribute from the context without its source',
      `${NAME} StringEquals 'x'`,
      { context: { 'microsoft.storage/storageaccounts/blobservices/containers:name': ['x'] } },
      true,
    ],
    ['a wildcard of actions', "ActionMatches{'Microsoft.Storage/*'}", {}, true],
    ['several actions', "ActionMatches{'a', 'Microsoft.Storage/*/read'}", {}, true],
  ])('%s', (_name, condition, options, truth) => {
    expect(truthOf(condition, options)).toBe(truth);
  });

  it('says what an unknown answer hangs on, and only then', () => {
    const asked = (condition: string) => evaluateCondition(condition, { action: READ, resource: BLOB }).dependsOn;
    expect(asked("@Request[a:b] StringEquals 'x' AND @Principal[c] StringEquals 'y'")).toEqual(['@Request[a:b]', '@Principal[c]']);
    expect(asked(`@Request[a:b] StringEquals 'x' OR ${NAME} StringEquals 'public'`)).toEqual([]);
    expect(asked('what, is this')).toEqual(['a condition that could not be read']);
    expect(asked(`${NAME} StringOdd 'x'`)).toEqual(['operator StringOdd']);
  });
});

describe('what is no condition', () => {
  it.each([
    ['nothing', ''],
    ['an open bracket', `(${NAME} StringEquals 'x'`],
    ['a bracket too many', `${NAME} StringEquals 'x')`],
    ['an open quote', `${NAME} StringEquals 'x`],
    ['an open brace', `${NAME} ForAnyOfAnyValues:StringEquals {'x'`],
    ['an empty set', `${NAME} ForAnyOfAnyValues:StringEquals {}`],
    ['no operator', `${NAME} 'x'`],
    ['two operators', `${NAME} StringEquals StringEquals 'x' 'y'`],
    ['an operator at the end', `${NAME} StringEquals 'x' AND`],
    ['a stray sign', `${NAME} StringEquals 'x' ; drop`],
    ['too deep', `${'('.repeat(200)}${NAME} StringEquals 'x'${')'.repeat(200)}`],
    ['too many negations', `${'!'.repeat(10_000)}(1 NumericEquals 1)`],
    ['too long', `${NAME} StringEquals '${'x'.repeat(40_000)}'`],
  ])('%s', (_name, condition) => {
    expect(parseCondition(condition)).toBeUndefined();
    expect(truthOf(condition)).toBe('unknown');
  });
});
