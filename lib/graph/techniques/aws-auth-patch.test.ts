import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const ENTRY = { list: 'mapRoles', index: 0, identity: 'arn:aws:iam::111122223333:role/nodes', groups: ['system:nodes'] } as const;
const ARN = 'arn:aws:eks:eu-west-1:111122223333:cluster/c';
const ISSUER = 'https://oidc.eks.eu-west-1.amazonaws.com/id/ABC';

/** An EKS cluster whose aws-auth maps somebody; `mode` is its authentication mode, undefined: the cluster's record was not read. */
function eks(mode: string | undefined, ...rules: Rule[]): ClusterFixture {
  const fixture = cluster()
    .about({ version: 'v1.33.1-eks-1de2ab1', issuer: ISSUER })
    .serviceAccount('a/bot')
    .awsAuth(ENTRY)
    .role('kube-system/r', ...rules)
    .roleBinding('kube-system/rb', 'Role/r', sa('a/bot'));
  return mode === undefined
    ? fixture
    : fixture.aws({ cluster: { name: 'c', arn: ARN, identity: { oidc: { issuer: ISSUER } }, accessConfig: { authenticationMode: mode } } });
}
const bound = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture
    .serviceAccount('a/bot')
    .role('kube-system/r', ...rules)
    .roleBinding('kube-system/rb', 'Role/r', sa('a/bot'));
const PATCH = rule('patch', '', 'configmaps');
const CREATE = rule('create', '', 'configmaps');
const SURE = ['sa:a/bot → cluster-admin:cluster'];
const UNSURE = ['sa:a/bot → cluster-admin:cluster (conditional)'];
const EKS = { version: 'v1.33.1-eks-1de2ab1' };

const finds: Finds = [
  ['patch, mode CONFIG_MAP', eks('CONFIG_MAP', PATCH), SURE],
  ['update, mode API_AND_CONFIG_MAP', eks('API_AND_CONFIG_MAP', rule('update', '', 'configmaps')), SURE],
  ['by name', eks('CONFIG_MAP', rule('patch', '', 'configmaps', 'coredns,aws-auth')), SURE],
  ['the mode was not read', eks(undefined, PATCH), UNSURE],
  ['everywhere', eks('CONFIG_MAP').clusterRole('r', PATCH).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')), SURE],
  ['aws-auth maps nobody, or is not there: patch needs it', bound(cluster().about(EKS).awsAuth(), PATCH), UNSURE],
  ['aws-auth maps nobody, or is not there: create', bound(cluster().about(EKS).awsAuth(), CREATE), UNSURE],
  ['aws-auth was not read: create', bound(cluster().about(EKS), CREATE), UNSURE],
];

const silent: Silent = [
  ['mode API: nobody asks aws-auth', eks('API', PATCH)],
  ['no EKS', bound(cluster(), PATCH, CREATE)],
  ['no EKS, and aws-auth was looked for', bound(cluster().awsAuth(), PATCH)],
  ['create, where it is there', eks('CONFIG_MAP', CREATE)],
  ['a named rule never gives create', bound(cluster().about(EKS).awsAuth(), rule('create', '', 'configmaps', 'aws-auth'))],
  ['another config map', eks('CONFIG_MAP', rule('patch,update', '', 'configmaps', 'coredns'))],
  ['another namespace', eks('CONFIG_MAP').role('a/r', PATCH).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['reading and deleting', eks('CONFIG_MAP', rule('get,list,watch,delete', '', 'configmaps'))],
  ['secrets', eks('CONFIG_MAP', rule('patch', '', 'secrets'))],
  ['another API group', eks('CONFIG_MAP', rule('patch', 'apps', 'configmaps'))],
  ['a subresource', eks('CONFIG_MAP', rule('patch', '', 'configmaps/status'))],
  ['the clause split over two rules', eks('CONFIG_MAP', rule('patch', '', 'pods'), rule('get', '', 'configmaps'))],
];

tables('aws-auth-patch', { finds, silent });

test('evidence and the change that closes it', () => {
  expect(evidenceOf(eks('CONFIG_MAP', PATCH).inventory(), 'aws-auth-patch')).toEqual([
    'RoleBinding kube-system/rb /subjects/0',
    'Role kube-system/r /rules/0',
  ]);
  expect(changesOfEdges(eks('CONFIG_MAP', PATCH).inventory(), 'aws-auth-patch')).toEqual([
    'sa:a/bot → cluster-admin:cluster: RoleBinding/kube-system/rb/subjects/0',
  ]);
});
