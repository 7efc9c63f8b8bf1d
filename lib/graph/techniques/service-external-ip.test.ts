import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { techniqueAt } from '../read.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { service } from '../testing/extensions.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const world = (): ClusterFixture => cluster().serviceAccount('a/bot');
const withWeb = (spec = {}): ClusterFixture => world().add(service('a/web', spec));
const LOAD_BALANCER = { type: 'LoadBalancer' };
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.role('a/r', ...rules).roleBinding('a/rb', 'Role/r', sa('a/bot'));
const FOUND = ['sa:a/bot → all-traffic:* (conditional)'];

const finds: Finds = [
  ['create services', bind(world(), rule('create', '', 'services')), FOUND],
  ['patch one that is there', bind(withWeb(), rule('patch', '', 'services')), FOUND],
  ['update the one that the rule names', bind(withWeb(), rule('update', '', 'services', 'web')), FOUND],
  ['the status of a LoadBalancer', bind(withWeb(LOAD_BALANCER), rule('patch', '', 'services/status')), FOUND],
  ['*/status', bind(withWeb(LOAD_BALANCER), rule('update', '', '*/status')), FOUND],
  [
    'cluster-wide',
    withWeb()
      .clusterRole('r', rule('patch', '', 'services'))
      .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    FOUND,
  ],
  ['create and patch make one edge', bind(withWeb(), rule('create,patch', '', 'services')), FOUND],
];

const silent: Silent = [
  ['patch where no Service is there', bind(world(), rule('patch,update', '', 'services'))],
  ['patch, and the Service is in another namespace', bind(world().add(service('b/web')), rule('patch', '', 'services'))],
  ['patch of another name', bind(withWeb(), rule('patch', '', 'services', 'other'))],
  ['the status of a ClusterIP, which the API server empties', bind(withWeb(), rule('patch', '', 'services/status'))],
  [
    'an ExternalName, which no proxy knows',
    bind(withWeb({ type: 'ExternalName', externalName: 'x.example.com' }), rule('patch', '', 'services')),
  ],
  ['proxying to a Service', bind(withWeb(LOAD_BALANCER), rule('create,update,patch', '', 'services/proxy'))],
  ['another group', bind(withWeb(), rule('create,patch', 'serving.knative.dev', 'services'))],
  ['create with resourceNames', bind(withWeb(), rule('create', '', 'services', 'web'))],
  ['reading and deleting', bind(withWeb(LOAD_BALANCER), rule('get,list,watch,delete', '', 'services,services/status'))],
  ['the clause split over two rules', bind(world(), rule('create', '', 'configmaps'), rule('get', '', 'services'))],
  ['a binding whose role does not exist', withWeb().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
];

tables('service-external-ip', { finds, silent });

test('evidence points at the Service; DenyServiceExternalIPs does not stop the status', () => {
  const hangsOn = (inventory: ReturnType<ClusterFixture['inventory']>): string | undefined => {
    const graph = buildGraph(inventory);
    const edge = [...Array(graph.edges.count).keys()].find((one) => techniqueAt(graph, one) === 'service-external-ip');
    return graph.explain(edge as number).hangsOn;
  };
  const status = bind(withWeb(LOAD_BALANCER), rule('patch', '', 'services/status')).inventory();
  expect(evidenceOf(status, 'service-external-ip')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/0',
    'Service a/web /spec/type',
  ]);
  expect(changesOfEdges(status, 'service-external-ip')).toEqual(['sa:a/bot → all-traffic:*: RoleBinding/a/rb/subjects/0']);
  expect(hangsOn(status)).not.toContain('DenyServiceExternalIPs');
  expect(hangsOn(bind(withWeb(), rule('patch', '', 'services')).inventory())).toContain('DenyServiceExternalIPs');
});
