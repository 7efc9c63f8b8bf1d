import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holdingBoth } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

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
const EDGE = ['sa:a/bot → all-nodes:* (conditional)'];

const finds: Finds = [
  ['OpenEBS', holdingBoth(world(), CLASS, CREATE), EDGE],
  [
    'beside another class',
    holdingBoth(world().add({ ...storageClass('ebs.csi.aws.com'), metadata: { name: 'a-first' } }), CLASS, CREATE),
    EDGE,
  ],
  ["Rancher's local path", holdingBoth(world('rancher.io/local-path'), CLASS, CREATE), EDGE],
  ['MicroK8s', holdingBoth(world('microk8s.io/hostpath'), CLASS, CREATE), EDGE],
  ['a controller', holdingBoth(world(), CLASS, rule('create', 'apps', 'statefulsets')), EDGE],
  ['verb and group *', holdingBoth(world(), rule('*', '*', 'storageclasses'), CREATE), EDGE],
];

const silent: Silent = [
  ['a provisioner that chooses for itself', holdingBoth(world('ebs.csi.aws.com'), CLASS, CREATE)],
  ['a provisioner named as the prototype', holdingBoth(world('constructor'), CLASS, CREATE)],
  ['no StorageClass at all', holdingBoth(cluster().node('n1').namespace('a'), CLASS, CREATE)],
  ['classes alone', world().clusterRole('w', CLASS).clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot'))],
  ['pods alone', world().clusterRole('w', CREATE).clusterRoleBinding('w', 'ClusterRole/w', sa('a/bot'))],
  ['a RoleBinding gives nothing cluster-wide', world().role('a/r', CLASS, CREATE).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['another API group', holdingBoth(world(), rule('create', '', 'storageclasses'), CREATE)],
  ['another resource', holdingBoth(world(), rule('create', 'storage.k8s.io', 'csidrivers,volumeattachments'), CREATE)],
  [
    'changing classes: their provisioner and parameters may not change',
    holdingBoth(world(), rule('update,patch', 'storage.k8s.io', 'storageclasses'), CREATE),
  ],
  ['resourceNames: a create carries no name', holdingBoth(world(), rule('create', 'storage.k8s.io', 'storageclasses', 'local'), CREATE)],
  ['a binding whose role does not exist', holdingBoth(world(), CREATE, CREATE).clusterRoleBinding('gone', 'ClusterRole/gone', sa('a/bot'))],
];

tables('storage-class-create', { finds, silent });

test('evidence names the class that shows the provisioner', () => {
  expect(evidenceOf(holdingBoth(world(), CLASS, CREATE).inventory(), 'storage-class-create')).toContain('StorageClass local /provisioner');
});

test('either part closes it', () => {
  expect(changesOfEdges(holdingBoth(world(), CLASS, CREATE).inventory(), 'storage-class-create')).toEqual([
    'sa:a/bot → all-nodes:*: ClusterRoleBinding//crb/subjects/0, RoleBinding/a/rb/subjects/0',
  ]);
});
