import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { allEdges, changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const KUBEADM = 'system:bootstrappers:kubeadm:default-node-token';
/** A cluster in which a bootstrap group may request certificates. */
const world = (bound = KUBEADM): ClusterFixture =>
  cluster()
    .serviceAccount('a/bot')
    .secret('kube-system/bootstrap-token-abcdef', { type: 'bootstrap.kubernetes.io/token' })
    .clusterRole('join', rule('create', 'certificates.k8s.io', 'certificatesigningrequests'))
    .clusterRoleBinding('join', 'ClusterRole/join', group(bound));
const inKubeSystem = (...rules: Rule[]): ClusterFixture =>
  world()
    .role('kube-system/r', ...rules)
    .roleBinding('kube-system/rb', 'Role/r', sa('a/bot'));
const CREATE = rule('create', '', 'secrets');
const MADE = ['sa:a/bot → all-groups:bootstrappers (conditional)'];

const finds: Finds = [
  ['create secrets in kube-system', inKubeSystem(CREATE), MADE],
  ['create secrets everywhere', world().clusterRole('r', CREATE).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')), MADE],
  ['resource *', inKubeSystem(rule('*', '*', '*')), MADE],
  ['apply of a name that a token may have', inKubeSystem(rule('create,patch', '', 'secrets', 'bootstrap-token-zzzzzz')), MADE],
  ['patch of the token that is there', inKubeSystem(rule('patch', '', 'secrets', 'bootstrap-token-abcdef')), MADE],
  ['update of every secret there', inKubeSystem(rule('update', '', 'secrets')), MADE],
];

const silent: Silent = [
  ['another namespace', world().role('a/r', CREATE).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['a named rule never gives create', inKubeSystem(rule('create', '', 'secrets', 'bootstrap-token-zzzzzz'))],
  ['apply of a name that no token may have', inKubeSystem(rule('create,patch', '', 'secrets', 'bootstrap-token-zzz,token'))],
  ['patch of a secret that is no token', inKubeSystem(rule('patch', '', 'secrets', 'db')).secret('kube-system/db')],
  ['reading', inKubeSystem(rule('get,list,watch,delete', '', 'secrets'))],
  ['configmaps', inKubeSystem(rule('create', '', 'configmaps'))],
  ['another API group', inKubeSystem(rule('create', 'apps', 'secrets'))],
  ['a subresource', inKubeSystem(rule('create', '', 'secrets/status'))],
  [
    'no binding gives such a group anything',
    world('dev').role('kube-system/r', CREATE).roleBinding('kube-system/rb', 'Role/r', sa('a/bot')),
  ],
  [
    'a group that only sounds like one',
    world('system:bootstrappers-of-mine').role('kube-system/r', CREATE).roleBinding('kube-system/rb', 'Role/r', sa('a/bot')),
  ],
];

tables('bootstrap-token-create', { finds, silent });

test('it leads to every bootstrap group, and to no other', () => {
  const edges = allEdges(buildGraph(inKubeSystem(CREATE).clusterRoleBinding('dev', 'ClusterRole/join', group('dev')).inventory()));
  const members = edges.filter((line) => line.includes('  all-groups:bootstrappers → ')).map((line) => line.split('  ')[1]);
  expect(members).toEqual(['all-groups:bootstrappers → group:system:bootstrappers', `all-groups:bootstrappers → group:${KUBEADM}`]);
});

test('evidence names the token that is changed, and the change that closes it', () => {
  const patch = inKubeSystem(rule('patch', '', 'secrets', 'bootstrap-token-abcdef')).inventory();
  expect(evidenceOf(patch, 'bootstrap-token-create')).toEqual([
    'RoleBinding kube-system/rb /subjects/0',
    'Role kube-system/r /rules/0',
    'Secret kube-system/bootstrap-token-abcdef /type',
  ]);
  expect(changesOfEdges(patch, 'bootstrap-token-create')).toEqual([
    'sa:a/bot → all-groups:bootstrappers: RoleBinding/kube-system/rb/subjects/0',
  ]);
});
