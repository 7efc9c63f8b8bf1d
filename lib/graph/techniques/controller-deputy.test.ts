import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { edgeAt, techniqueAt } from '../read.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { apiService, crd } from '../testing/extensions.ts';

type Rule = ReturnType<typeof rule>;

const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted' };
const base = (): ClusterFixture =>
  cluster().namespace('a', RESTRICTED).namespace('b', RESTRICTED).serviceAccount('a/bot').secret('a/db').node('n1');
/** A controller with its account, its pod, and a role that lets it watch and write the status of its resource, cluster-wide. */
function controller(fixture: ClusterFixture, path: string, [group, resource]: readonly [string, string]): ClusterFixture {
  const [namespace, name] = path.split('/') as [string, string];
  return fixture
    .namespace(namespace, RESTRICTED)
    .serviceAccount(path)
    .pod(`${namespace}/${name}-0`, { serviceAccount: name })
    .clusterRole(name, rule('list,watch', group, resource), rule('update', group, `${resource}/status`))
    .clusterRoleBinding(name, `ClusterRole/${name}`, sa(path));
}
const tekton = (): ClusterFixture =>
  controller(base().add(crd('taskruns.tekton.dev', 'TaskRun')), 'tekton-pipelines/tekton-pipelines-controller', ['tekton.dev', 'taskruns']);
const argo = (): ClusterFixture =>
  controller(base().add(crd('applications.argoproj.io', 'Application')), 'argocd/argocd-application-controller', [
    'argoproj.io',
    'applications',
  ]);
const velero = (): ClusterFixture => controller(base().add(crd('backups.velero.io', 'Backup')), 'velero/velero', ['velero.io', 'backups']);
const stores = (): ClusterFixture =>
  controller(base().add(crd('clustersecretstores.external-secrets.io', 'ClusterSecretStore')), 'eso/external-secrets', [
    'external-secrets.io',
    'clustersecretstores',
  ]);
const monitors = (): ClusterFixture =>
  controller(base().add(crd('servicemonitors.monitoring.coreos.com', 'ServiceMonitor')), 'monitoring/prometheus-operator', [
    'monitoring.coreos.com',
    'servicemonitors',
  ]);
const rook = (namespaceLabels = {}): ClusterFixture =>
  controller(base().add(crd('cephclusters.ceph.rook.io', 'CephCluster')), 'ops/rook-ceph-system', [
    'ceph.rook.io',
    'cephclusters',
  ]).namespace('rook', namespaceLabels);

const bindIn = (namespace: string, fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.role(`${namespace}/r`, ...rules).roleBinding(`${namespace}/rb`, 'Role/r', sa('a/bot'));
const inA = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture => bindIn('a', fixture, ...rules);
const anywhere = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.clusterRole('r', ...rules).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));

const PODS_IN_A = ['sa:a/bot → all-secrets:a', 'sa:a/bot → all-service-accounts:a'];
const maybe = (edges: readonly string[]): string[] => edges.map((edge) => `${edge} (conditional)`);
const ARGO = ['sa:a/bot → sa:argocd/argocd-application-controller (conditional)'];
const RUN = rule('create', 'tekton.dev', 'taskruns');
const APPLICATION = rule('create', 'argoproj.io', 'applications');

const finds: [string, ClusterFixture, string[]][] = [
  ['makes-any-pod: nothing stops a TaskRun', inA(tekton(), RUN), PODS_IN_A],
  ['only changing one that may be there', inA(tekton(), rule('patch', 'tekton.dev', 'taskruns')), maybe(PODS_IN_A)],
  ['only changing one of a name', inA(tekton(), rule('update', 'tekton.dev', 'taskruns', 'build')), maybe(PODS_IN_A)],
  [
    'nodes, where Pod Security lets the pod in',
    inA(tekton().namespace('a', {}), RUN),
    ['sa:a/bot → all-nodes:* (conditional)', ...PODS_IN_A],
  ],
  ['no controller was recognised', inA(base().add(crd('taskruns.tekton.dev', 'TaskRun')), RUN), maybe(PODS_IN_A)],
  [
    'definitions were not read, and the controller is there',
    inA(
      controller(base().unread('customresourcedefinitions'), 'tekton-pipelines/tekton-pipelines-controller', ['tekton.dev', 'taskruns']),
      RUN,
    ),
    maybe(PODS_IN_A),
  ],
  [
    'a controller of an unknown name, by its rights',
    inA(controller(base().add(crd('taskruns.tekton.dev', 'TaskRun')), 'ci/engine', ['tekton.dev', 'taskruns']), RUN),
    maybe(PODS_IN_A),
  ],
  ['acts-as-controller: Argo CD in its own namespace', bindIn('argocd', argo(), APPLICATION), ARGO],
  ['Argo CD in another namespace, where it may look', inA(argo(), APPLICATION), ARGO],
  [
    'a release in front of the name',
    bindIn(
      'gitops',
      controller(base().add(crd('applications.argoproj.io', 'Application')), 'gitops/prod-argocd-application-controller', [
        'argoproj.io',
        'applications',
      ]),
      APPLICATION,
    ),
    ['sa:a/bot → sa:gitops/prod-argocd-application-controller (conditional)'],
  ],
  [
    'Velero in its own namespace',
    bindIn('velero', velero(), rule('create', 'velero.io', 'backups')),
    ['sa:a/bot → sa:velero/velero (conditional)'],
  ],
  [
    'mints-tokens, of what lies in no namespace',
    anywhere(stores(), rule('create', 'external-secrets.io', 'clustersecretstores')),
    ['sa:a/bot → all-service-accounts:* (conditional)'],
  ],
  [
    'reads-secrets',
    inA(monitors(), rule('create', 'monitoring.coreos.com', 'servicemonitors')),
    ['sa:a/bot → all-secrets:a (conditional)'],
  ],
  [
    'a monitor that has Prometheus send its token, by the name of its account',
    inA(monitors().serviceAccount('monitoring/prometheus-k8s'), rule('create', 'monitoring.coreos.com', 'servicemonitors')),
    ['sa:a/bot → all-secrets:a (conditional)', 'sa:a/bot → sa:monitoring/prometheus-k8s (conditional)'],
  ],
  [
    'runs-privileged-image: nodes and nothing else',
    bindIn('rook', rook(), rule('create', 'ceph.rook.io', 'cephclusters')),
    ['sa:a/bot → all-nodes:* (conditional)'],
  ],
  [
    'cluster-admin: a chart of K3s',
    inA(base().add(crd('helmcharts.helm.cattle.io', 'HelmChart')), rule('create', 'helm.cattle.io', 'helmcharts')),
    ['sa:a/bot → cluster-admin:cluster (conditional)'],
  ],
  [
    'makes-limited-pod: a build of OpenShift, whose group an extension API server answers',
    inA(base().add(apiService('v1.build.openshift.io', 'openshift-apiserver/api')), rule('create', 'build.openshift.io', 'builds')),
    maybe(PODS_IN_A),
  ],
  [
    'a controller that looks at one namespace, and the right is everywhere',
    anywhere(
      base()
        .add(crd('taskruns.tekton.dev', 'TaskRun'))
        .serviceAccount('b/tekton-pipelines-controller')
        .pod('b/tekton-0', { serviceAccount: 'tekton-pipelines-controller' })
        .role('b/watch', rule('list,watch', 'tekton.dev', 'taskruns'))
        .roleBinding('b/watch', 'Role/watch', sa('b/tekton-pipelines-controller')),
      RUN,
    ),
    ['sa:a/bot → all-service-accounts:b'],
  ],
];

const silent: [string, ClusterFixture][] = [
  [
    'no definition, and the controller is there: the product is not installed whole',
    inA(controller(base(), 'tekton-pipelines/tekton-pipelines-controller', ['tekton.dev', 'taskruns']), RUN),
  ],
  ['the definition is not there', inA(base().add(crd('widgets.example.com', 'Widget')), RUN)],
  ['neither definitions nor a controller were found', inA(base(), RUN, APPLICATION)],
  [
    'the controller is there, and the definitions that were read are others',
    inA(
      controller(base().add(crd('widgets.example.com', 'Widget')), 'tekton-pipelines/tekton-pipelines-controller', [
        'tekton.dev',
        'taskruns',
      ]),
      RUN,
    ),
  ],
  ['another group', inA(tekton(), rule('create', 'argoproj.io', 'taskruns'))],
  ['a resource of the group that gives nothing', inA(tekton(), rule('create', 'tekton.dev', 'customruns'))],
  ['one of the group whose definition is not there', inA(tekton(), rule('create', 'tekton.dev', 'pipelineruns'))],
  ['a subresource', inA(tekton(), rule('create,update,patch', 'tekton.dev', 'taskruns/status,taskruns/finalizers'))],
  ['reading and deleting', inA(tekton(), rule('get,list,watch,delete', 'tekton.dev', 'taskruns'))],
  ['create with resourceNames', inA(tekton(), rule('create', 'tekton.dev', 'taskruns', 'build'))],
  ['the clause split over two rules', inA(tekton(), rule('create', 'tekton.dev', 'customruns'), rule('get', 'tekton.dev', 'taskruns'))],
  ['a binding whose role does not exist', tekton().roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['Velero in another namespace, where it never looks', inA(velero(), rule('create', 'velero.io', 'backups'))],
  ['what lies in no namespace, by a RoleBinding', inA(stores(), rule('create', 'external-secrets.io', 'clustersecretstores'))],
  [
    'Argo CD whose controller does not exist',
    bindIn('argocd', base().namespace('argocd').add(crd('applications.argoproj.io', 'Application')), APPLICATION),
  ],
  [
    'an account of the name that may not watch',
    bindIn(
      'argocd',
      base().add(crd('applications.argoproj.io', 'Application')).serviceAccount('argocd/argocd-application-controller'),
      APPLICATION,
    ),
  ],
  [
    'an account that a binding names and that is not there',
    bindIn(
      'argocd',
      base()
        .namespace('argocd')
        .add(crd('applications.argoproj.io', 'Application'))
        .clusterRole('c', rule('*', 'argoproj.io', '*'))
        .clusterRoleBinding('c', 'ClusterRole/c', sa('argocd/argocd-application-controller')),
      APPLICATION,
    ),
  ],
  [
    'a controller that looks at another namespace alone',
    inA(
      base()
        .add(crd('applications.argoproj.io', 'Application'))
        .serviceAccount('b/argocd-application-controller')
        .role('b/watch', rule('list,watch', 'argoproj.io', 'applications'))
        .roleBinding('b/watch', 'Role/watch', sa('b/argocd-application-controller')),
      APPLICATION,
    ),
  ],
  [
    'a person with every verb on the resource is no controller: Argo CD by its rights takes status or finalizers',
    bindIn(
      'argocd',
      base()
        .namespace('argocd')
        .add(crd('applications.argoproj.io', 'Application'))
        .serviceAccount('a/ops')
        .pod('a/ops', { serviceAccount: 'ops' })
        .clusterRole('c', rule('get,list,watch,create,update,patch', 'argoproj.io', 'applications'))
        .clusterRoleBinding('c', 'ClusterRole/c', sa('a/ops')),
      rule('create', 'argoproj.io', 'applicationsets'),
    ),
  ],
  [
    'a privileged image, where Pod Security refuses privileged pods',
    bindIn('rook', rook(RESTRICTED), rule('create', 'ceph.rook.io', 'cephclusters')),
  ],
];

const ofBot = (edges: readonly string[]): string[] => edges.filter((edge) => edge.startsWith('sa:a/bot '));

describe('controller-deputy finds', () => {
  test.each(finds)('%s', (_name, fixture, edges) => expect(ofBot(edgesOf(fixture.inventory(), 'controller-deputy'))).toEqual(edges));
});

describe('controller-deputy stays silent', () => {
  test.each(silent)('%s', (_name, fixture) => expect(ofBot(edgesOf(fixture.inventory(), 'controller-deputy'))).toEqual([]));
});

test('evidence names the definition, the controller and why it is taken for it; the binding closes it', () => {
  const inventory = bindIn('argocd', argo(), APPLICATION).inventory();
  expect(evidenceOf(inventory, 'controller-deputy')).toEqual([
    'RoleBinding argocd/rb /subjects/0',
    'Role argocd/r /rules/0',
    'CustomResourceDefinition applications.argoproj.io /spec/names/plural',
    'ServiceAccount argocd/argocd-application-controller /metadata/name',
    'ClusterRoleBinding argocd-application-controller /subjects/0',
    'ClusterRole argocd-application-controller /rules/0',
  ]);
  expect(changesOfEdges(inventory, 'controller-deputy')).toEqual([
    'sa:a/bot → sa:argocd/argocd-application-controller: RoleBinding/argocd/rb/subjects/0',
  ]);
});

test.each([
  ['its own namespace', bindIn('argocd', argo(), APPLICATION), /^the AppProject letting the repository, the destination and the kinds in$/],
  ['another namespace', inA(argo(), APPLICATION), /Argo CD being set to look at namespace a too$/],
  [
    'a controller that does not run',
    inA(
      base()
        .add(crd('taskruns.tekton.dev', 'TaskRun'))
        .serviceAccount('b/tekton-pipelines-controller')
        .pod('b/tekton-0', { serviceAccount: 'tekton-pipelines-controller', phase: 'Failed' })
        .clusterRole('watch', rule('list,watch', 'tekton.dev', 'taskruns'))
        .clusterRoleBinding('watch', 'ClusterRole/watch', sa('b/tekton-pipelines-controller')),
      RUN,
    ),
    /^the controller of Tekton running: no pod runs as b\/tekton-pipelines-controller now$/,
  ],
  [
    'a controller that is known by its rights alone',
    inA(controller(base().add(crd('taskruns.tekton.dev', 'TaskRun')), 'ci/engine', ['tekton.dev', 'taskruns']), RUN),
    /^ci\/engine being the controller of Tekton, for which it is taken by its rights$/,
  ],
  [
    'no controller at all',
    inA(base().add(crd('taskruns.tekton.dev', 'TaskRun')), RUN),
    /^the controller of Tekton running: no service account was recognised as its own$/,
  ],
  ['an object of one name', inA(tekton(), rule('patch', 'tekton.dev', 'taskruns', 'x')), /^taskruns\.tekton\.dev `x` being there$/],
])('of %s says what it hangs on', (_name, fixture, hangsOn) => {
  const graph = buildGraph(fixture.inventory());
  const edges = [...Array(graph.edges.count).keys()].filter((one) => techniqueAt(graph, one) === 'controller-deputy');
  const own = edges.filter((one) => edgeAt(graph, one).from === 'sa:a/bot');
  expect(own.length).toBeGreaterThan(0);
  for (const edge of own) expect(graph.explain(edge).hangsOn).toMatch(hangsOn);
});

test('what two bindings give by two resources only both of them close', () => {
  const both = tekton()
    .add(crd('pipelineruns.tekton.dev', 'PipelineRun'))
    .role('a/r1', RUN)
    .roleBinding('a/rb1', 'Role/r1', sa('a/bot'))
    .role('a/r2', rule('create', 'tekton.dev', 'pipelineruns'))
    .roleBinding('a/rb2', 'Role/r2', sa('a/bot'));
  const own = ofBot(changesOfEdges(both.inventory(), 'controller-deputy'));
  expect(own).toEqual(['sa:a/bot → all-secrets:a: ', 'sa:a/bot → all-service-accounts:a: ']);
});
