import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** a and b refuse privileged pods, open does not. */
const world = (): ClusterFixture =>
  cluster()
    .node('n1')
    .namespace('a', { [ENFORCE]: 'restricted', team: 'x' })
    .namespace('b', { [ENFORCE]: 'baseline' })
    .namespace('open', { [ENFORCE]: 'privileged' })
    .namespace('unlabelled')
    .serviceAccount('a/bot');
const RELABEL = rule('patch', '', 'namespaces');
const CREATE = rule('create', '', 'pods');
const inNamespace = (namespace: string, ...rules: Rule[]): ClusterFixture =>
  world()
    .role(`${namespace}/r`, ...rules)
    .roleBinding(`${namespace}/rb`, 'Role/r', sa('a/bot'));
const wide = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.clusterRole('wide', ...rules).clusterRoleBinding('crb', 'ClusterRole/wide', sa('a/bot'));
const EDGE = ['sa:a/bot → all-nodes:*'];
const MAYBE = ['sa:a/bot → all-nodes:* (conditional)'];

const DAEMONS = rule('create', 'apps', 'daemonsets');
const guarded = (operations: string[], apiGroup: string, resource: string, more: object, make = CREATE): ClusterFixture =>
  inNamespace('a', RELABEL, make).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
    name: 'guard.example.com',
    rules: [{ operations, apiGroups: [apiGroup], apiVersions: ['v1'], resources: [resource] }],
    ...more,
  });
/** Webhooks that are asked about every change of a namespace that they select. */
const asked = (...webhooks: object[]): ClusterFixture =>
  inNamespace('a', RELABEL, CREATE).webhookConfiguration(
    'ValidatingWebhookConfiguration',
    'guard',
    ...webhooks.map((one, index) => ({
      name: `guard${index}.example.com`,
      rules: [{ operations: ['UPDATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['namespaces'] }],
      ...one,
    })),
  );
const byName = (operator: string): object => ({
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values: ['a'] }] },
});
const ifTeam = { matchLabels: { team: 'x' } };
const unlessTeam = { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] };

const finds: Finds = [
  ['both in a Role of the namespace: the request carries it as its own', inNamespace('a', RELABEL, CREATE), EDGE],
  ['named, in a Role of the namespace', inNamespace('a', rule('update', '', 'namespaces', 'a'), CREATE), EDGE],
  ['cluster-wide relabelling, pods in a namespace', wide(inNamespace('a', CREATE), RELABEL), EDGE],
  ['cluster-wide relabelling that names it', wide(inNamespace('a', CREATE), rule('patch', '', 'namespaces', 'a')), EDGE],
  ['both cluster-wide', wide(world(), RELABEL, CREATE), EDGE],
  ['both cluster-wide, naming it', wide(world(), rule('patch', '', 'namespaces', 'b'), CREATE), EDGE],
  ['relabelling in one namespace, pods everywhere', wide(inNamespace('b', RELABEL), CREATE), EDGE],
  ['a controller instead of a pod', inNamespace('a', RELABEL, rule('create', 'apps', 'daemonsets')), EDGE],
  ['verb *', inNamespace('a', rule('*', '', 'namespaces,pods')), EDGE],
  ['a group of its own', world().role('a/r', RELABEL, CREATE).roleBinding('a/rb', 'Role/r', group('dev')), ['group:dev → all-nodes:*']],
  [
    'what one group holds alone is told of the group',
    world().clusterRole('w', RELABEL, CREATE).clusterRoleBinding('w', 'ClusterRole/w', group('system:serviceaccounts')),
    ['group:system:serviceaccounts → all-nodes:*'],
  ],
  [
    'one part from each of two groups',
    world()
      .clusterRole('g', RELABEL)
      .clusterRoleBinding('g', 'ClusterRole/g', group('system:serviceaccounts'))
      .role('a/r', CREATE)
      .roleBinding('a/rb', 'Role/r', group('system:serviceaccounts:a')),
    EDGE,
  ],
  [
    'one part from its group, one its own',
    inNamespace('a', CREATE).clusterRole('g', RELABEL).clusterRoleBinding('g', 'ClusterRole/g', group('system:serviceaccounts')),
    EDGE,
  ],
  [
    'a User that names a service account',
    world().role('a/r', RELABEL, CREATE).roleBinding('a/rb', 'Role/r', user('system:serviceaccount:a:bot')),
    EDGE,
  ],
  [
    'a webhook that is asked about the pods afterwards',
    inNamespace('a', RELABEL, CREATE).webhookConfiguration('ValidatingWebhookConfiguration', 'guard', {
      name: 'guard.example.com',
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    }),
    MAYBE,
  ],
  ['a webhook that is asked about the namespace', asked({}), MAYBE],
  ['a webhook that selects the namespace by its name, which stays', asked(byName('In')), MAYBE],
  ['a webhook that leaves it out by its name', asked(byName('NotIn')), EDGE],
  [
    'a webhook that selects it by a label, which goes in the same request',
    asked({ namespaceSelector: { matchLabels: { team: 'x' } } }),
    EDGE,
  ],
  ['a webhook that leaves it out by its label', asked({ namespaceSelector: unlessTeam }), EDGE],
  [
    'two, of which one is asked whether the label goes or stays',
    asked({ namespaceSelector: unlessTeam }, { namespaceSelector: ifTeam }),
    MAYBE,
  ],
  ['a selector of objects, which is matched against the old labels too', asked({ objectSelector: ifTeam }), MAYBE],
  ['a selector of objects that it does not meet', asked({ objectSelector: { matchLabels: { team: 'y' } } }), EDGE],
  [
    'a webhook about the pods that selects the namespace by a label, which goes',
    guarded(['CREATE'], '', 'pods', { namespaceSelector: ifTeam }),
    EDGE,
  ],
  ['daemon sets alone, and a webhook that is asked about those', guarded(['CREATE'], 'apps', 'daemonsets', {}, DAEMONS), MAYBE],
  ['daemon sets alone, and a webhook that is asked about deployments', guarded(['CREATE'], 'apps', 'deployments', {}, DAEMONS), EDGE],
  ['pods as well, and a webhook that is asked about daemon sets', guarded(['CREATE'], 'apps', 'daemonsets', {}), EDGE],
];

const silent: Silent = [
  ['relabelling alone', inNamespace('a', RELABEL)],
  ['pods alone', inNamespace('a', CREATE)],
  ['a namespace that lets privileged pods in anyway', inNamespace('open', RELABEL, CREATE)],
  ['a namespace without a label: nothing to take away', inNamespace('unlabelled', RELABEL, CREATE)],
  ['the parts in two namespaces', inNamespace('a', RELABEL).role('b/r', CREATE).roleBinding('b/rb', 'Role/r', sa('a/bot'))],
  ['a Role that names another namespace', inNamespace('a', rule('patch', '', 'namespaces', 'b'), CREATE)],
  ['cluster-wide relabelling of another namespace', wide(inNamespace('a', CREATE), rule('patch', '', 'namespaces', 'b'))],
  ['cluster-wide relabelling of one that is not there', wide(world(), rule('patch', '', 'namespaces', 'c'), CREATE)],
  ['a subresource of namespaces', inNamespace('a', rule('update,patch', '', 'namespaces/status,namespaces/finalize'), CREATE)],
  ['another API group', inNamespace('a', rule('patch', 'apps', 'namespaces'), CREATE)],
  ['other verbs', inNamespace('a', rule('get,list,watch,create,delete', '', 'namespaces'), CREATE)],
  ['the clause split over two rules', inNamespace('a', rule('patch', '', 'configmaps'), rule('get', '', 'namespaces'), CREATE)],
  ['pods by name: a create carries none', inNamespace('a', RELABEL, rule('create', '', 'pods', 'web'))],
  ['a binding whose role does not exist', inNamespace('a', CREATE).roleBinding('a/other', 'Role/gone', sa('a/bot'))],
  ["another namespace's Role of that name", world().role('b/r', RELABEL, CREATE).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['the parts held by two subjects', inNamespace('a', CREATE).role('a/q', RELABEL).roleBinding('a/q', 'Role/q', sa('a/other'))],
  [
    'no nodes',
    cluster()
      .namespace('a', { [ENFORCE]: 'restricted' })
      .role('a/r', RELABEL, CREATE)
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
];

tables('namespace-relabel', { finds, silent });

test('evidence names both rules and the label that goes', () => {
  expect(evidenceOf(inNamespace('a', RELABEL, CREATE).inventory(), 'namespace-relabel')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/0',
    'Role a/r /rules/1',
    'Namespace a /metadata/labels/pod-security.kubernetes.io~1enforce',
  ]);
});

test('either part closes it', () => {
  expect(changesOfEdges(wide(inNamespace('a', CREATE), RELABEL).inventory(), 'namespace-relabel')).toEqual([
    'sa:a/bot → all-nodes:*: ClusterRoleBinding//crb/subjects/0, RoleBinding/a/rb/subjects/0',
  ]);
});
