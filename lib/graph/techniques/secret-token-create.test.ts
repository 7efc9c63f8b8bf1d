import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const TOKEN = { type: 'kubernetes.io/service-account-token', metadata: { annotations: { 'kubernetes.io/service-account.name': 'admin' } } };
/** Namespace a with two accounts and a secret; b with a token secret. */
const world = (): ClusterFixture =>
  cluster()
    .namespace('a')
    .namespace('b')
    .serviceAccount('a/bot')
    .serviceAccount('a/admin')
    .serviceAccount('b/admin')
    .secret('a/db')
    .secret('b/legacy', TOKEN);
const inNamespace = (namespace: string, ...rules: Rule[]): ClusterFixture =>
  world()
    .role(`${namespace}/r`, ...rules)
    .roleBinding(`${namespace}/rb`, 'Role/r', sa('a/bot'));
const inA = (...rules: Rule[]): ClusterFixture => inNamespace('a', ...rules);
const inB = (...rules: Rule[]): ClusterFixture => inNamespace('b', ...rules);
const { everywhere } = holding(world);
const CREATE = rule('create', '', 'secrets');
const OF_A = ['sa:a/bot → all-service-accounts:a'];
const OF_B = ['sa:a/bot → all-service-accounts:b'];

const finds: Finds = [
  ['create and get', inA(rule('create,get', '', 'secrets')), OF_A],
  ['create and list', inA(rule('create,list', '', 'secrets')), OF_A],
  ['create and watch', inA(rule('create,watch', '', 'secrets')), OF_A],
  ['create and patch, which answers with the secret', inA(rule('create,patch', '', 'secrets')), OF_A],
  ['create, and a pod that mounts it', inA(CREATE, rule('create', '', 'pods')), OF_A],
  ['create, and a workload that mounts it', inA(CREATE, rule('create', 'batch', 'cronjobs')), OF_A],
  ['everywhere', everywhere(rule('create,get', '', 'secrets')), ['sa:a/bot → all-service-accounts:*']],
  [
    'create everywhere, and get in one namespace',
    everywhere(CREATE)
      .role('b/r', rule('get', '', 'secrets'))
      .roleBinding('b/rb', 'Role/r', sa('a/bot')),
    OF_B,
  ],
  [
    'the parts by its own binding and by its group',
    inA(CREATE)
      .role('a/s', rule('get', '', 'secrets'))
      .roleBinding('a/rb2', 'Role/s', group('system:serviceaccounts:a')),
    OF_A,
  ],
  [
    'the parts by two groups of its: an edge of nobody else',
    world()
      .role('a/r', CREATE)
      .roleBinding('a/rb', 'Role/r', group('system:serviceaccounts:a'))
      .role('a/s', rule('get', '', 'secrets'))
      .roleBinding('a/rb2', 'Role/s', group('system:authenticated')),
    ['sa:a/admin → all-service-accounts:a', 'sa:a/bot → all-service-accounts:a'],
  ],
  ['create, and get of a name that is free: he chooses the name', inA(CREATE, rule('get', '', 'secrets', 'free')), OF_A],
  ['create and patch of one free name: server-side apply', inA(rule('create,patch', '', 'secrets', 'free')), OF_A],
  [
    'a free name everywhere: as far as it is free where the account is',
    everywhere(CREATE, rule('get', '', 'secrets', 'db')),
    ['sa:a/bot → all-service-accounts:* (conditional)'],
  ],
  ['patch alone, where a token secret is: it is made over', inB(rule('patch', '', 'secrets')), OF_B],
  ['patch of the token secret by name', inB(rule('patch', '', 'secrets', 'legacy')), OF_B],
  ['update and get of the token secret', inB(rule('update,get', '', 'secrets', 'legacy')), OF_B],
  ['patch of the token secret by name, everywhere', everywhere(rule('patch', '', 'secrets', 'legacy')), OF_B],
  [
    'patch everywhere: where a token secret is',
    everywhere(rule('patch', '', 'secrets')),
    ['sa:a/bot → all-service-accounts:* (conditional)'],
  ],
  [
    'secrets were not read, so that the name may be taken',
    cluster()
      .unread('secrets')
      .serviceAccount('a/bot')
      .role('a/r', CREATE, rule('get', '', 'secrets', 'free'))
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
    ['sa:a/bot → all-service-accounts:a (conditional)'],
  ],
  [
    'no secret at all, so that no name is taken',
    cluster()
      .serviceAccount('a/bot')
      .role('a/r', CREATE, rule('get', '', 'secrets', 'free'))
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
    ['sa:a/bot → all-service-accounts:a'],
  ],
];

const silent: Silent = [
  ['create alone: nothing comes back', inA(CREATE)],
  ['create and update: the answer is what was sent', inA(rule('create,update', '', 'secrets'))],
  ['create and delete', inA(rule('create,delete', '', 'secrets'))],
  ['get alone', inA(rule('get,list,watch', '', 'secrets'))],
  ['a named rule never gives create', inA(rule('create,get', '', 'secrets', 'free'))],
  ['create, and get of a name that is taken', inA(CREATE, rule('get', '', 'secrets', 'db'))],
  ['apply of a name that is taken by no token', inA(rule('create,patch', '', 'secrets', 'db'))],
  ['the named parts on two names', inA(rule('create', '', 'secrets', 'free'), rule('patch', '', 'secrets', 'other'))],
  [
    'create in one namespace, get in the other',
    inA(CREATE)
      .role('b/r', rule('get', '', 'secrets'))
      .roleBinding('b/rb', 'Role/r', sa('a/bot')),
  ],
  [
    'the parts for two subjects',
    inA(CREATE)
      .role('a/s', rule('get', '', 'secrets'))
      .roleBinding('a/rb2', 'Role/s', sa('a/admin')),
  ],
  ['patch, where no token secret is', inA(rule('patch', '', 'secrets'))],
  ['update without reading, where a token secret is', inB(rule('update', '', 'secrets'))],
  ['patch of another secret than the token', inB(rule('patch', '', 'secrets', 'db'))],
  ['another API group', inA(rule('create,get', 'external-secrets.io', 'secrets'))],
  ['a subresource', inA(rule('create,get', '', 'secrets/status'))],
  ['the clause split over two rules', inA(rule('create', '', 'configmaps'), rule('get', '', 'secrets'))],
  [
    'create by its group in another namespace, and only pods to read there',
    world()
      .role('b/r', CREATE, rule('get', '', 'pods'))
      .roleBinding('b/rb', 'Role/r', group('system:serviceaccounts:a')),
  ],
  ['a binding whose role does not exist', world().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('secret-token-create', { finds, silent });

test('what one group holds by itself is told of the group alone', () => {
  const fixture = world()
    .role('a/r', rule('create,get', '', 'secrets'))
    .roleBinding('a/rb', 'Role/r', group('system:serviceaccounts:a'));
  expect(changesOfEdges(fixture.inventory(), 'secret-token-create')).toEqual([
    'group:system:serviceaccounts:a → all-service-accounts:a: RoleBinding/a/rb/subjects/0',
  ]);
});

test('evidence names both parts, and the token secret that is made over', () => {
  const two = inA(CREATE)
    .role('a/s', rule('get', '', 'secrets'))
    .roleBinding('a/rb2', 'Role/s', sa('a/bot'));
  expect(evidenceOf(two.inventory(), 'secret-token-create')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/0',
    'RoleBinding a/rb2 /subjects/0',
    'Role a/s /rules/0',
  ]);
  expect(evidenceOf(inB(rule('patch', '', 'secrets')).inventory(), 'secret-token-create')).toContain('Secret b/legacy /type');
});

test('either part closes it, and neither while two ways are open', () => {
  const two = inA(CREATE)
    .role('a/s', rule('get', '', 'secrets'))
    .roleBinding('a/rb2', 'Role/s', sa('a/bot'));
  const closes = ['RoleBinding/a/rb/subjects/0', 'RoleBinding/a/rb2/subjects/0'];
  expect(changesOfEdges(two.inventory(), 'secret-token-create')).toEqual([`sa:a/bot → all-service-accounts:a: ${closes.join(', ')}`]);
  const three = two.role('a/t', rule('list', '', 'secrets')).roleBinding('a/rb3', 'Role/t', sa('a/bot'));
  expect(changesOfEdges(three.inventory(), 'secret-token-create')).toEqual([`sa:a/bot → all-service-accounts:a: ${closes[0]}`]);
});
