import { describe, expect, test } from 'vitest';
import { type PodSecurityMode, parseLevel, parseVersion, podSecurityPolicyOf } from './level.ts';

describe('the level of a label', () => {
  const rows: [string, PodSecurityMode, string][] = [
    ['privileged', 'enforce', 'privileged'],
    ['baseline', 'enforce', 'baseline'],
    ['restricted', 'audit', 'restricted'],
    ['Privileged', 'enforce', 'restricted'],
    ['', 'enforce', 'restricted'],
    ['__proto__', 'enforce', 'restricted'],
    ['Baseline', 'warn', 'privileged'],
    ['none', 'audit', 'privileged'],
  ];
  test.each(rows)('%s in mode %s is %s', (text, mode, level) => expect(parseLevel(text, mode)).toBe(level));
});

describe('the version of a label', () => {
  const rows: [string, number | 'latest'][] = [
    ['latest', 'latest'],
    ['v1.25', 25],
    ['v1.0', 0],
    ['v1.999', 999],
    ['1.25', 'latest'],
    ['v1.025', 'latest'],
    ['v2.3', 'latest'],
    ['v1.25.1', 'latest'],
    ['v1.-1', 'latest'],
    ['v1.25\n', 'latest'],
    ['', 'latest'],
  ];
  test.each(rows)('%j is %s', (text, version) => expect(parseVersion(text)).toBe(version));
});

describe('the policy of a namespace', () => {
  const P = 'pod-security.kubernetes.io/';
  test.each([
    ['no label', {}, { level: 'privileged', version: 'latest', labelled: false }],
    ['a level', { [`${P}enforce`]: 'baseline' }, { level: 'baseline', version: 'latest', labelled: true }],
    [
      'level and version',
      { [`${P}enforce`]: 'restricted', [`${P}enforce-version`]: 'v1.24' },
      { level: 'restricted', version: 24, labelled: true },
    ],
    ['a version alone enforces nothing', { [`${P}enforce-version`]: 'v1.24' }, { level: 'privileged', version: 24, labelled: false }],
    [
      'other modes enforce nothing',
      { [`${P}warn`]: 'restricted', [`${P}audit`]: 'baseline' },
      { level: 'privileged', version: 'latest', labelled: false },
    ],
    [
      "a version of another mode is that mode's",
      { [`${P}enforce`]: 'baseline', [`${P}warn-version`]: 'v1.2' },
      { level: 'baseline', version: 'latest', labelled: true },
    ],
    ['another prefix', { 'pod-security/enforce': 'restricted' }, { level: 'privileged', version: 'latest', labelled: false }],
  ])('%s', (_name, labels, policy) => expect(podSecurityPolicyOf(new Map(Object.entries(labels) as [string, string][]))).toEqual(policy));
});
