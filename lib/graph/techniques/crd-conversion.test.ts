import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { crd } from '../testing/extensions.ts';

type Rule = ReturnType<typeof rule>;
const GROUP = 'apiextensions.k8s.io';
const DEFINITIONS = 'customresourcedefinitions';

const world = (): ClusterFixture => cluster().serviceAccount('a/bot').add(crd('widgets.example.com', 'Widget'));
/** Argo CD with its controller, which may write everything. */
const withArgo = (): ClusterFixture =>
  world()
    .add(crd('applications.argoproj.io', 'Application'))
    .add(crd('workflows.argoproj.io', 'Workflow'))
    .serviceAccount('argocd/argocd-application-controller')
    .pod('argocd/controller', { serviceAccount: 'argocd-application-controller' })
    .clusterRole('argo', rule('*', '*', '*'))
    .clusterRoleBinding('argo', 'ClusterRole/argo', sa('argocd/argocd-application-controller'));
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.clusterRole('r', ...rules).clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'));
const FOUND = ['sa:a/bot → sa:argocd/argocd-application-controller (conditional)'];

const finds: [string, ClusterFixture, string[]][] = [
  ['patch any definition', bind(withArgo(), rule('patch', GROUP, DEFINITIONS)), FOUND],
  ['update the one that the rule names', bind(withArgo(), rule('update', GROUP, DEFINITIONS, 'applications.argoproj.io')), FOUND],
  [
    'a chart of K3s',
    bind(world().add(crd('helmcharts.helm.cattle.io', 'HelmChart')), rule('patch', GROUP, DEFINITIONS)),
    ['sa:a/bot → cluster-admin:cluster (conditional)'],
  ],
];

const silent: [string, ClusterFixture][] = [
  ['a definition that no controller of the catalogue acts on', bind(world(), rule('patch', GROUP, DEFINITIONS))],
  ['another name', bind(withArgo(), rule('patch', GROUP, DEFINITIONS, 'widgets.example.com'))],
  ['one whose objects become pods: they have no node here', bind(withArgo(), rule('patch', GROUP, DEFINITIONS, 'workflows.argoproj.io'))],
  ['create: it is there already', bind(withArgo(), rule('create', GROUP, DEFINITIONS))],
  ['the status', bind(withArgo(), rule('update,patch', GROUP, `${DEFINITIONS}/status`))],
  ['another group', bind(withArgo(), rule('patch', 'argoproj.io', DEFINITIONS))],
  [
    'a RoleBinding',
    withArgo()
      .clusterRole('r', rule('patch', GROUP, DEFINITIONS))
      .roleBinding('a/rb', 'ClusterRole/r', sa('a/bot')),
  ],
  ['reading and deleting', bind(withArgo(), rule('get,list,watch,delete', GROUP, DEFINITIONS))],
  ['a binding whose role does not exist', withArgo().clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot'))],
];

/** Edges of the controller itself aside: it may write everything. */
const others = (edges: readonly string[]): string[] => edges.filter((edge) => !edge.startsWith('sa:argocd/'));

describe('crd-conversion finds', () => {
  test.each(finds)('%s', (_name, fixture, edges) => expect(others(edgesOf(fixture.inventory(), 'crd-conversion'))).toEqual(edges));
});

describe('crd-conversion stays silent', () => {
  test.each(silent)('%s', (_name, fixture) => expect(others(edgesOf(fixture.inventory(), 'crd-conversion'))).toEqual([]));
});

test('evidence names the definition and the controller; the binding closes it', () => {
  const inventory = bind(withArgo(), rule('update', GROUP, DEFINITIONS, 'applications.argoproj.io')).inventory();
  expect(evidenceOf(inventory, 'crd-conversion')).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
    'CustomResourceDefinition applications.argoproj.io /spec/names/plural',
    'ServiceAccount argocd/argocd-application-controller /metadata/name',
    'ClusterRoleBinding argo /subjects/0',
    'ClusterRole argo /rules/0',
  ]);
  expect(changesOfEdges(inventory, 'crd-conversion')).toEqual([
    'sa:a/bot → sa:argocd/argocd-application-controller: ClusterRoleBinding//crb/subjects/0',
  ]);
});
