import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { apiService } from '../testing/extensions.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;
const NAME = 'extension-apiserver-authentication';

const world = (): ClusterFixture => cluster().namespace('kube-system').serviceAccount('a/bot').add(apiService('v1.apps'));
const withMetrics = (): ClusterFixture =>
  world()
    .add(apiService('v1beta1.metrics.k8s.io', 'kube-system/metrics-server'))
    .add(apiService('v1beta1.custom.metrics.k8s.io', 'monitoring/prometheus-adapter'))
    .add(apiService('v1beta2.custom.metrics.k8s.io', 'monitoring/prometheus-adapter'));
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.role('kube-system/r', ...rules).roleBinding('kube-system/rb', 'Role/r', sa('a/bot'));
const FOUND = [
  'sa:a/bot → traffic:kube-system/metrics-server (conditional)',
  'sa:a/bot → traffic:monitoring/prometheus-adapter (conditional)',
];

const finds: Finds = [
  ['patch any ConfigMap of kube-system: each server once', bind(withMetrics(), rule('patch', '', 'configmaps')), FOUND],
  ['update that one', bind(withMetrics(), rule('update', '', 'configmaps', NAME)), FOUND],
  [
    'cluster-wide',
    withMetrics()
      .clusterRole('r', rule('patch', '', 'configmaps'))
      .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    FOUND,
  ],
];

const silent: Silent = [
  ['another ConfigMap', bind(withMetrics(), rule('patch', '', 'configmaps', 'coredns'))],
  [
    'a ConfigMap of that name elsewhere',
    withMetrics()
      .role('a/r', rule('patch', '', 'configmaps', NAME))
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  ['no extension API server', bind(world(), rule('patch', '', 'configmaps'))],
  ['reading it, as the role of that name allows', bind(withMetrics(), rule('get,list,watch', '', 'configmaps', NAME))],
  ['create and delete', bind(withMetrics(), rule('create,delete', '', 'configmaps'))],
  ['another group', bind(withMetrics(), rule('patch', 'apps', 'configmaps'))],
  ['a subresource', bind(withMetrics(), rule('patch', '', 'configmaps/status'))],
  ['a binding whose role does not exist', withMetrics().roleBinding('kube-system/rb', 'Role/r', sa('a/bot'))],
];

tables('trust-config-map', { finds, silent });

test('evidence names the APIService; the binding closes it', () => {
  const inventory = bind(
    world().add(apiService('v1beta1.metrics.k8s.io', 'kube-system/metrics-server')),
    rule('patch', '', 'configmaps'),
  ).inventory();
  expect(evidenceOf(inventory, 'trust-config-map')).toContain('APIService v1beta1.metrics.k8s.io /spec/service');
  expect(changesOfEdges(inventory, 'trust-config-map')).toEqual([
    'sa:a/bot → traffic:kube-system/metrics-server: RoleBinding/kube-system/rb/subjects/0',
  ]);
});
