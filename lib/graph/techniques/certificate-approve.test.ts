import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { allEdges, changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

const GROUP = 'certificates.k8s.io';
const SIGNER = 'kubernetes.io/kube-apiserver-client';
const world = (): ClusterFixture =>
  cluster()
    .serviceAccount('a/bot')
    .serviceAccount('a/other')
    .clusterRole('known', rule('get', '', 'pods'))
    .clusterRoleBinding('known', 'ClusterRole/known', user('alice'), group('dev'), group('system:masters'));
const { everywhere } = holding(world);
const REQUEST = rule('create,get', GROUP, 'certificatesigningrequests');
const CREATE = rule('create', GROUP, 'certificatesigningrequests');
const APPROVAL = rule('update', GROUP, 'certificatesigningrequests/approval');
const APPROVE = rule('approve', GROUP, 'signers', SIGNER);
const EVERYBODY = [
  'sa:a/bot → all-groups:not-masters (conditional)',
  'sa:a/bot → all-service-accounts:* (conditional)',
  'sa:a/bot → all-users:* (conditional)',
];

const finds: Finds = [
  ['create, approve, and read the request back', everywhere(REQUEST, APPROVAL, APPROVE), EVERYBODY],
  ['the signer by its domain', everywhere(REQUEST, APPROVAL, rule('approve', GROUP, 'signers', 'kubernetes.io/*')), EVERYBODY],
  ['any signer', everywhere(REQUEST, APPROVAL, rule('approve', GROUP, 'signers')), EVERYBODY],
  [
    'patch on the approval alone: it answers with the certificate',
    everywhere(CREATE, rule('patch', GROUP, 'certificatesigningrequests/approval'), APPROVE),
    EVERYBODY,
  ],
  ['watch to read it back', everywhere(CREATE, rule('watch', GROUP, 'certificatesigningrequests'), APPROVAL, APPROVE), EVERYBODY],
  [
    'approval of one name: he chooses the name of his request',
    everywhere(REQUEST, rule('update', GROUP, 'certificatesigningrequests/approval', 'mine'), APPROVE),
    EVERYBODY,
  ],
  ['everything of the group', everywhere(rule('*', GROUP, '*')), EVERYBODY],
  [
    'the parts by two bindings and a group',
    everywhere(REQUEST)
      .clusterRole('s', APPROVAL)
      .clusterRoleBinding('s', 'ClusterRole/s', sa('a/bot'))
      .clusterRole('t', APPROVE)
      .clusterRoleBinding('t', 'ClusterRole/t', group('system:serviceaccounts:a')),
    EVERYBODY,
  ],
];

const silent: Silent = [
  ['no approve on the signer', everywhere(REQUEST, APPROVAL)],
  ['no right to the approval subresource', everywhere(REQUEST, APPROVE)],
  ['update of the request is not its approval', everywhere(REQUEST, rule('update', GROUP, 'certificatesigningrequests'), APPROVE)],
  ['no way to read it back: update answers once, before it is signed', everywhere(CREATE, APPROVAL, APPROVE)],
  [
    'reading a request of another name than the approval',
    everywhere(
      CREATE,
      rule('get', GROUP, 'certificatesigningrequests', 'a'),
      rule('update', GROUP, 'certificatesigningrequests/approval', 'b'),
      APPROVE,
    ),
  ],
  ['nobody creates a request', everywhere(rule('get', GROUP, 'certificatesigningrequests'), APPROVAL, APPROVE)],
  ['a named rule never gives create', everywhere(rule('create,get', GROUP, 'certificatesigningrequests', 'mine'), APPROVAL, APPROVE)],
  ['another signer', everywhere(REQUEST, APPROVAL, rule('approve', GROUP, 'signers', 'kubernetes.io/kubelet-serving'))],
  [
    'a wildcard that is none of the domain',
    everywhere(REQUEST, APPROVAL, rule('approve', GROUP, 'signers', 'kubernetes.io*,example.com/*')),
  ],
  ['sign is not approve', everywhere(REQUEST, APPROVAL, rule('sign', GROUP, 'signers', SIGNER))],
  ['another API group', everywhere(rule('create,get', '', 'certificatesigningrequests'), APPROVAL, APPROVE)],
  [
    'by a RoleBinding: requests lie in no namespace',
    world().role('a/r', REQUEST, APPROVAL, APPROVE).roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  ['one part by a RoleBinding', everywhere(REQUEST, APPROVAL).role('a/r', APPROVE).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  [
    'the parts for two subjects',
    everywhere(REQUEST, APPROVAL).clusterRole('s', APPROVE).clusterRoleBinding('s', 'ClusterRole/s', sa('a/other')),
  ],
  ['a binding whose role does not exist', world().clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
];

tables('certificate-approve', { finds, silent });

test('system:masters is not among the groups: admission refuses it for this signer', () => {
  const edges = allEdges(buildGraph(everywhere(REQUEST, APPROVAL, APPROVE).inventory()));
  const members = edges.filter((line) => line.includes('all-groups:not-masters → ')).map((line) => line.split('  ')[1]);
  expect(members).toContain('all-groups:not-masters → group:dev');
  expect(members.join()).not.toContain('system:masters');
});

test('evidence names every part, and each closes it', () => {
  const fixture = everywhere(REQUEST, APPROVAL).clusterRole('s', APPROVE).clusterRoleBinding('s', 'ClusterRole/s', sa('a/bot'));
  expect(evidenceOf(fixture.inventory(), 'certificate-approve').slice(0, 5)).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
    'ClusterRole r /rules/1',
    'ClusterRoleBinding s /subjects/0',
    'ClusterRole s /rules/0',
  ]);
  expect(changesOfEdges(fixture.inventory(), 'certificate-approve')[2]).toBe(
    'sa:a/bot → all-users:*: ClusterRoleBinding//crb/subjects/0, ClusterRoleBinding//s/subjects/0',
  );
});
