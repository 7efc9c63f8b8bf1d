import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createInventoryBuilder } from '../inventory/builder.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { readAwsAuth, saysNoAwsAuth } from './aws-auth.ts';

const NODE = 'arn:aws:iam::111122223333:role/node';
const ALICE = 'arn:aws:iam::111122223333:user/alice';

const configMap = (data: unknown, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'kube-system', name: 'aws-auth', ...more },
  data,
});

function read(...objects: unknown[]): Inventory {
  const builder = createInventoryBuilder();
  for (const object of objects)
    expect(readAwsAuth(object, { source: 'snapshot', file: 'x.json', pointer: '/items/1' }, builder)).toBe(true);
  return builder.finish();
}

describe('the ConfigMap aws-auth', () => {
  test('says who is let in, as whom', () => {
    const data = {
      mapRoles: `- rolearn: ${NODE}\n  username: "system:node:{{EC2PrivateDNSName}}"\n  groups: [system:bootstrappers, system:nodes]\n`,
      mapUsers: `- userarn: ${ALICE}\n  username: alice\n  groups:\n  - system:masters\n- {userarn: ${ALICE}}\n`,
      mapAccounts: '- "111122223333"\n- 012345678901\n',
    };
    const { gaps, kubernetes } = read(configMap(data));
    expect(gaps).toEqual([]);
    expect(kubernetes.awsAuth).toEqual([
      {
        list: 'mapRoles',
        index: 0,
        identity: NODE,
        username: 'system:node:{{EC2PrivateDNSName}}',
        groups: ['system:bootstrappers', 'system:nodes'],
      },
      { list: 'mapUsers', index: 0, identity: ALICE, username: 'alice', groups: ['system:masters'] },
      { list: 'mapUsers', index: 1, identity: ALICE, groups: [] },
      { list: 'mapAccounts', index: 0, identity: '111122223333', groups: [] },
      { list: 'mapAccounts', index: 1, identity: '012345678901', groups: [] },
    ]);
  });

  test.each([
    ['no data', undefined],
    ['empty data', {}],
    ['an empty text', { mapRoles: '' }],
    ['a comment', { mapRoles: '# nobody\n' }],
    ['an empty list', { mapRoles: '[]\n' }],
    ['null', { mapRoles: 'null\n', mapUsers: null }],
  ])('with %s lets nobody in, and was read', (_name, data) => {
    expect(read(configMap(data))).toMatchObject({ gaps: [], kubernetes: { awsAuth: [] } });
  });

  test('may be written as JSON, and with names in another case', () => {
    const mapRoles = JSON.stringify([{ roleARN: NODE, Username: 'x', GROUPS: ['a'] }]);
    expect(read(configMap({ mapRoles })).kubernetes.awsAuth).toEqual([
      { list: 'mapRoles', index: 0, identity: NODE, username: 'x', groups: ['a'] },
    ]);
  });

  const good = `- rolearn: ${NODE}\n  groups: [a]\n`;
  test.each([
    ['broken YAML', 'mapUsers', '- [CANARY', 'broken YAML at character'],
    ['no list', 'mapUsers', 'CANARY: 1\n', 'expected a list'],
    ['an entry that names nobody', 'mapUsers', '- username: CANARY\n', '1 of 1 entries name nobody (the first at index 0)'],
    ['an identity that is no ARN', 'mapUsers', '- userarn: CANARY\n', 'name nobody'],
    ['groups that are none', 'mapUsers', `- userarn: ${ALICE}\n  groups: {CANARY: 1}\n`, 'name nobody'],
    ['a template without quotes', 'mapUsers', `- userarn: ${ALICE}\n  username: {{CANARY}}\n`, 'name nobody'],
    ['an account that is none', 'mapAccounts', '- CANARY\n', 'name nobody'],
    ['aliases of aliases', 'mapUsers', bomb(), 'aliases'],
    ['brackets by the million', 'mapUsers', '['.repeat(1_000_000), 'levels within one another'],
    ['dashes by the million', 'mapUsers', '- '.repeat(500_000), 'levels within one another'],
    ['a few brackets too many', 'mapUsers', `${'['.repeat(30)}${']'.repeat(30)}`, 'levels within one another'],
    ['a number', 'mapUsers', 3, 'expected text'],
    ['more than an object may hold', 'mapUsers', ' '.repeat(1024 * 1024 + 1), 'longer than'],
    ['more entries than anybody has', 'mapUsers', `- {userarn: ${ALICE}}\n`.repeat(20_001), 'more than 20000 entries'],
  ])('with %s is a gap, and the other lists count', (_name, list, text, why) => {
    const { gaps, kubernetes } = read(configMap({ mapRoles: good, [list]: text }));
    expect(gaps).toMatchObject([
      {
        what: `${list} of the ConfigMap kube-system/aws-auth`,
        why: expect.stringContaining(why),
        file: 'x.json',
        pointer: `/items/1/data/${list}`,
      },
    ]);
    expect(kubernetes.awsAuth?.[0]).toMatchObject({ identity: NODE });
    expect(inspect(gaps)).not.toContain('CANARY');
  });

  test('keeps entries beside one that names nobody, with their own index', () => {
    const { gaps, kubernetes } = read(configMap({ mapRoles: `- {sso: {permissionSetName: x}}\n${good}` }));
    expect(gaps).toHaveLength(1);
    expect(kubernetes.awsAuth).toMatchObject([{ index: 1, identity: NODE }]);
  });

  test('keeps nothing of other keys', () => {
    const { kubernetes } = read(configMap({ mapRoles: good, other: 'CANARY', ...JSON.parse('{"__proto__":{"mapUsers":"CANARY"}}') }));
    expect(inspect(kubernetes, { depth: null })).not.toContain('CANARY');
  });

  test('read twice is the newer one, in either order', () => {
    const older = configMap({ mapRoles: good }, { resourceVersion: '9' });
    const newer = configMap({}, { resourceVersion: '10' });
    expect(read(older, newer).kubernetes.awsAuth).toEqual([]);
    expect(read(newer, older).kubernetes.awsAuth).toEqual([]);
  });

  test.each([
    ['another ConfigMap', configMap({ mapRoles: good }, { name: 'coredns' })],
    ['one of another namespace', configMap({ mapRoles: good }, { namespace: 'shop' })],
    ['no object', 'x'],
    ['no metadata', { data: {} }],
  ])('is not %s', (_name, object) => {
    const builder = createInventoryBuilder();
    expect(readAwsAuth(object, { source: 'snapshot' }, builder)).toBe(false);
    expect(builder.finish().kubernetes).not.toHaveProperty('awsAuth');
  });
});

describe('that there is no aws-auth', () => {
  const status = { kind: 'Status', status: 'Failure', reason: 'NotFound', details: { kind: 'configmaps', name: 'aws-auth' } };
  test.each([
    ['a 404 about it', status, true],
    ['a 404 about another', { ...status, details: { kind: 'configmaps', name: 'x' } }, false],
    ['a 403 about it', { ...status, reason: 'Forbidden' }, false],
    ['nothing', undefined, false],
  ])('is said by %s: %s', (_name, object, expected) => {
    expect(saysNoAwsAuth(object)).toBe(expected);
  });
});

/** Each line stands for ten of the line before. */
function bomb(): string {
  const lines = ['- &a0 [x]'];
  for (let level = 1; level < 9; level++) lines.push(`- &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
  return lines.join('\n');
}
