import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

type Rule = ReturnType<typeof rule>;

const CLASS = rule('create', 'storage.k8s.io', 'storageclasses');
const CREATE = rule('create', '', 'pods');
const storageClass = (provisioner: string) => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'local' },
  provisioner,
});
const world = (provisioner = 'openebs.io/local'): ClusterFixture =>
  cluster()
    .node('n1')
    .namespace('a', { 'pod-security.kubernetes.io/enforce': 'privileged' })
    .serviceAccount('a/bot')
    .add(storageClass(provisioner));
const bind = (fixture: ClusterFixture, wide: Rule, ...rules: Rule[]): ClusterFixture =>
  fixture
    .clusterRole('wide', wide)
    .clusterRoleBinding('crb', 'ClusterRole/wide', sa('a/bot'))
    .role('a/r', ...rules)
    .roleBinding('a/rb', 'Role/r', sa('a/bot'));
const EDGE = ['sa:a/bot → all-nodes:* (conditional)'];

const finds: [string, ClusterFixture, string[]][] = [
  ['OpenEBS', bind(world(), CLASS, CREATE), EDGE],
  ['beside another class', bind(world().add({ ...storageClass('ebs.csi.aws.com'), metadata: { name: 'a-first' } }), CLASS, CREATE), EDGE],
  ["Rancher's local path", bind(world('rancher.io/local-path'), CLASS, CREATE), EDGE],
  ['MicroK8s', bind(world('microk8s.io/hostpath'), CLASS, CREATE), EDGE],
  ['a controller', bind(world(), CLASS, rule('create', 'apps', 'statefulsets')), EDGE],
  ['verb and group *', bind(world(), rule('*', '*', 'storageclasses'), CREATE), EDGE],
];

const silent: [string, ClusterFixture][] = [
  ['a provisioner that chooses for itself', bind(world('ebs.csi.aws.com'), CLASS, CREATE)],
  ['a provisioner named as the prototype', bind(world('constructor'), CLASS, CREATE)],
  ['no StorageClass at all', bind(cluster().node('n1').namespace('a'), CLASS, CREATE)],
  ['classes alone', world().clusterRole('w', CLASS).clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot'))],
  ['pods alone', world().clusterRole('w', CREATE).clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot'))],
  ['a RoleBinding gives nothing cluster-wide', world().role('a/r', CLASS, CREATE).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['another API group', bind(world(), rule('create', '', 'storageclasses'), CREATE)],
  ['another resource', bind(world(), rule('create', 'storage.k8s.io', 'csidrivers,volumeattachments'), CREATE)],
  [
    'changing classes: their provisioner and parameters may not change',
    bind(world(), rule('update,patch', 'storage.k8s.io', 'storageclasses'), CREATE),
  ],
  ['resourceNames: a create carries no name', bind(world(), rule('create', 'storage.k8s.io', 'storageclasses', 'local'), CREATE)],
  ['a binding whose role does not exist', bind(world(), CREATE, CREATE).clusterRoleBinding('gone', 'ClusterRole/gone', sa('a/bot'))],
];

describe('storage-class-create finds', () => {
  test.each(finds)('%s', (_name, fixture, edges) => expect(edgesOf(fixture.inventory(), 'storage-class-create')).toEqual(edges));
});

describe('storage-class-create stays silent', () => {
  test.each(silent)('%s', (_name, fixture) => expect(edgesOf(fixture.inventory(), 'storage-class-create')).toEqual([]));
});

test('evidence names the class that shows the provisioner', () => {
  expect(evidenceOf(bind(world(), CLASS, CREATE).inventory(), 'storage-class-create')).toContain('StorageClass local /provisioner');
});

test('either part closes it', () => {
  expect(changesOfEdges(bind(world(), CLASS, CREATE).inventory(), 'storage-class-create')).toEqual([
    'sa:a/bot → all-nodes:*: ClusterRoleBinding//crb/subjects/0, RoleBinding/a/rb/subjects/0',
  ]);
});
