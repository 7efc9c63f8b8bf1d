import { describe, expect, it } from 'vitest';
import { compileCel, judgeCel } from './cel.ts';
import { type CelValue, openValue, timeOf } from './cel-value.ts';
import type { Judgement } from './judgement.ts';

const KNOWN = new Map<string, CelValue>([
  ['request.time', { time: timeOf('2026-01-01T00:00:00Z') as number }],
  ['resource.name', 'projects/_/buckets/assets/objects/up/a.png'],
  ['resource.type', 'storage.googleapis.com/Object'],
  ['assertion.sub', 'system:serviceaccount:shop:api'],
  ['assertion.kubernetes.io.namespace', 'shop'],
]);

const judge = (expression: string): Judgement => judgeCel(compileCel(expression), (name) => KNOWN.get(name) ?? openValue(name));

describe('a condition is judged as far as it is known', () => {
  it.each<[string, Judgement]>([
    ['request.time < timestamp("2100-01-01T00:00:00Z")', true],
    ['request.time < timestamp("2024-01-01T00:00:00Z")', false],
    ['request.time >= timestamp("2026-01-01T01:00:00+01:00")', true],
    ['request.time > date("2025-12-31")', true],
    ["resource.name.startsWith('projects/_/buckets/assets/objects/up/')", true],
    ["resource.name.startsWith('projects/_/buckets/assets/objects/down/')", false],
    ["resource.name.endsWith('.png') && resource.type == 'storage.googleapis.com/Object'", true],
    ["resource.type != 'storage.googleapis.com/Object'", false],
    ["resource.type in ['storage.googleapis.com/Bucket', 'storage.googleapis.com/Object']", true],
    ["!(resource.type in ['a'])", true],
    ["resource.name.extract('/objects/{folder}/') == 'up'", true],
    ["resource.name.extract('/nowhere/{x}/') == ''", true],
    ["assertion['kubernetes.io'].namespace == 'shop'", true],
    ["assertion.sub == 'system:serviceaccount:' + 'shop:api'", true],
    ['has(assertion.sub)', true],
    ["resource.type == 'a' ? false : true", true],
    ['resource.name.size() > 10', true],
    ['1 < 2 && 2.5 > 1', true],
    ['true', true],
  ])('%s: %s', (expression, expected) => {
    expect(judge(expression)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['destination.port == 22', ['destination.port']],
    ["resource.matchTag('a/b', 'c')", ['resource']],
    ["api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/a'])", ['api']],
    ["'x' in request.auth.access_levels", ['request.auth.access_levels']],
    ['request.time.getHours("Europe/Berlin") >= 9', ['the time of day or the date of the request']],
    ['request.time < timestamp("soon")', ['`timestamp("soon")`']],
    ["resource.name.matches('.*')", ["`resource.name.matches('.*')`"]],
    ['resource.name < 3', ['`resource.name < 3`']],
    ['resource.name', ['a condition that is neither true nor false']],
    ['request.time <', ['the condition `request.time <`, which is no valid CEL']],
    ['', ['the condition ``, which is no valid CEL']],
  ])('stays open: %s', (expression, on) => {
    expect(judge(expression)).toEqual(on);
  });

  it.each([
    ["resource.type == 'x' && destination.port == 22", false],
    ["destination.port == 22 && resource.type == 'x'", false],
    ['true || destination.port == 22', true],
    ['destination.port == 22 || true', true],
  ])('one side decides: %s', (expression, expected) => {
    expect(judge(expression)).toBe(expected);
  });

  it('takes deep and long expressions without falling over', () => {
    expect(judge(`${'('.repeat(400)}true${')'.repeat(400)}`)).toEqual([expect.stringContaining('no valid CEL')]);
    expect(judge(`true${' && true'.repeat(5000)}`)).toEqual([expect.stringContaining('no valid CEL')]);
  });
});
