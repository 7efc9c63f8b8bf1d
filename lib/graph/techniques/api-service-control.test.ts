import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { apiService } from '../testing/extensions.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;
const GROUP = 'apiregistration.k8s.io';

const world = (): ClusterFixture => cluster().serviceAccount('a/bot');
const withMetrics = (): ClusterFixture =>
  world()
    .add(apiService('v1beta1.metrics.k8s.io', 'kube-system/metrics-server'))
    .add(apiService('v1.apps'))
    .add(apiService('v1.storage.k8s.io'))
    .add(apiService('v1alpha1.argoproj.io'));
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.clusterRole('r', ...rules).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));

const ADMIN = 'sa:a/bot → cluster-admin:cluster (conditional)';
const METRICS = 'sa:a/bot → traffic:kube-system/metrics-server (conditional)';

const finds: Finds = [
  ['patch any', bind(withMetrics(), rule('patch', GROUP, 'apiservices')), [ADMIN, METRICS]],
  ['update any, where APIServices were not read', bind(world(), rule('update', GROUP, 'apiservices')), [ADMIN]],
  ['the one that another server answers', bind(withMetrics(), rule('patch', GROUP, 'apiservices', 'v1beta1.metrics.k8s.io')), [METRICS]],
  ['the core group', bind(withMetrics(), rule('patch', GROUP, 'apiservices', 'v1.')), [ADMIN]],
  ['apps', bind(withMetrics(), rule('patch', GROUP, 'apiservices', 'v1.apps')), [ADMIN]],
  ['RBAC', bind(withMetrics(), rule('update', GROUP, 'apiservices', 'v1.rbac.authorization.k8s.io')), [ADMIN]],
];

const silent: Silent = [
  ['create alone', bind(withMetrics(), rule('create', GROUP, 'apiservices'))],
  ['status', bind(withMetrics(), rule('update,patch', GROUP, 'apiservices/status'))],
  [
    'a group of custom resources, which is taken back at once',
    bind(withMetrics(), rule('patch', GROUP, 'apiservices', 'v1alpha1.argoproj.io')),
  ],
  ['a group on which little hangs', bind(withMetrics(), rule('patch', GROUP, 'apiservices', 'v1.storage.k8s.io'))],
  ['a name that is nowhere', bind(withMetrics(), rule('patch', GROUP, 'apiservices', 'v1.nothing'))],
  ['another group', bind(withMetrics(), rule('patch', 'apps', 'apiservices'))],
  [
    'a RoleBinding',
    withMetrics()
      .clusterRole('r', rule('patch', GROUP, 'apiservices'))
      .roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')),
  ],
  ['reading and deleting', bind(withMetrics(), rule('get,list,watch,delete', GROUP, 'apiservices'))],
  ['the clause split over two rules', bind(withMetrics(), rule('patch', GROUP, 'apiservices/status'), rule('get', GROUP, 'apiservices'))],
  ['a binding whose role does not exist', withMetrics().clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
];

tables('api-service-control', { finds, silent });

test('evidence points at the Service that answers now; the binding closes it', () => {
  const inventory = bind(withMetrics(), rule('patch', GROUP, 'apiservices', 'v1beta1.metrics.k8s.io')).inventory();
  expect(evidenceOf(inventory, 'api-service-control')).toContain('APIService v1beta1.metrics.k8s.io /spec/service');
  expect(changesOfEdges(inventory, 'api-service-control')).toEqual([
    'sa:a/bot → traffic:kube-system/metrics-server: ClusterRoleBinding//crb/subjects/0',
  ]);
});
