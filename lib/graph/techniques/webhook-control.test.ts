import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { techniqueAt } from '../read.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { podWebhook } from '../testing/extensions.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;
const GROUP = 'admissionregistration.k8s.io';
const MUTATING = 'mutatingwebhookconfigurations';
const VALIDATING = 'validatingwebhookconfigurations';

const world = (): ClusterFixture => cluster().serviceAccount('a/bot').secret('a/db');
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.clusterRole('r', ...rules).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));
const inCluster = (...rules: Rule[]): ClusterFixture => bind(world(), ...rules);
const withBoth = (): ClusterFixture =>
  world()
    .webhookConfiguration('MutatingWebhookConfiguration', 'inject', podWebhook('inject.example.com'))
    .webhookConfiguration('ValidatingWebhookConfiguration', 'check', podWebhook('check.example.com'));

const ADMIN = 'sa:a/bot → cluster-admin:cluster (conditional)';
const SECRETS = 'sa:a/bot → all-secrets:* (conditional)';

const finds: Finds = [
  ['create mutating ones', inCluster(rule('create', GROUP, MUTATING)), [ADMIN]],
  ['create validating ones', inCluster(rule('create', GROUP, VALIDATING)), [SECRETS]],
  ['create both', inCluster(rule('create', GROUP, `${MUTATING},${VALIDATING}`)), [SECRETS, ADMIN]],
  ['patch a mutating one that is there', bind(withBoth(), rule('patch', GROUP, MUTATING)), [ADMIN]],
  ['update a validating one that is there', bind(withBoth(), rule('update', GROUP, VALIDATING)), [SECRETS]],
  ['patch the one that the rule names', bind(withBoth(), rule('patch', GROUP, MUTATING, 'inject')), [ADMIN]],
  ['every verb and resource of the group', bind(withBoth(), rule('*', GROUP, '*')), [SECRETS, ADMIN]],
  ['every group', inCluster(rule('create', '*', MUTATING)), [ADMIN]],
  ['both ways at once make one edge', bind(withBoth(), rule('create,update,patch', GROUP, MUTATING)), [ADMIN]],
  [
    'a group',
    world()
      .clusterRole('r', rule('create', GROUP, MUTATING))
      .clusterRoleBinding('crb', 'ClusterRole/r', group('dev')),
    ['group:dev → cluster-admin:cluster (conditional)'],
  ],
];

const silent: Silent = [
  [
    'a RoleBinding gives nothing that lies in no namespace',
    world()
      .clusterRole('r', rule('create', GROUP, MUTATING))
      .roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')),
  ],
  ['update where none is there', inCluster(rule('update,patch', GROUP, `${MUTATING},${VALIDATING}`))],
  ['a patch of another name', bind(withBoth(), rule('patch', GROUP, MUTATING, 'other'))],
  ["a patch of the other kind's name", bind(withBoth(), rule('patch', GROUP, MUTATING, 'check'))],
  ['create with resourceNames: a create carries no name', inCluster(rule('create', GROUP, MUTATING, 'inject'))],
  ['another group', inCluster(rule('create', 'apps', MUTATING), rule('create', '', VALIDATING))],
  ['a subresource', inCluster(rule('create', GROUP, `${MUTATING}/status,*/status`))],
  ['the clause split over two rules', inCluster(rule('create', GROUP, 'validatingadmissionpolicies'), rule('get', GROUP, MUTATING))],
  ['reading and deleting', bind(withBoth(), rule('get,list,watch,delete,deletecollection', GROUP, `${MUTATING},${VALIDATING}`))],
  ['admission policies', inCluster(rule('*', GROUP, 'validatingadmissionpolicies,mutatingadmissionpolicies'))],
  ['a binding whose role does not exist', world().clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
  [
    'a service account without a namespace',
    world()
      .clusterRole('r', rule('create', GROUP, MUTATING))
      .clusterRoleBinding('crb', 'ClusterRole/r', sa('bot')),
  ],
];

tables('webhook-control', { finds, silent });

test('evidence names binding, role, rule and the webhook that is changed; the binding closes it', () => {
  const inventory = bind(withBoth(), rule('patch', GROUP, MUTATING)).inventory();
  expect(evidenceOf(inventory, 'webhook-control')).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
    'MutatingWebhookConfiguration inject /metadata/name',
  ]);
  expect(changesOfEdges(inventory, 'webhook-control')).toEqual(['sa:a/bot → cluster-admin:cluster: ClusterRoleBinding//crb/subjects/0']);
});

test('says what it hangs on', () => {
  const graph = buildGraph(inCluster(rule('create', GROUP, VALIDATING)).inventory());
  const edge = [...Array(graph.edges.count).keys()].find((one) => techniqueAt(graph, one) === 'webhook-control');
  expect(graph.explain(edge as number).hangsOn).toMatch(/server of the attacker.*those that lie there are not sent/);
});
