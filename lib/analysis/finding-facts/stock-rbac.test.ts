import { expect, test } from 'vitest';
import { rbacOf } from '../../access/rbac/bindings.ts';
import { cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { isStockGrant, isStockRole } from './stock-rbac.ts';

type Fixture = ReturnType<typeof cluster>;
const stock = (world: Fixture): boolean[] => [...rbacOf(world.inventory()).bySubject.values()].flat().map(isStockGrant);
const base = () => cluster().clusterRole('x', rule('get', '', 'pods'));

test.each<[string, Fixture]>([
  ['cluster-admin of masters', base().clusterRoleBinding('cluster-admin', 'ClusterRole/cluster-admin', group('system:masters'))],
  [
    'a controller',
    base().clusterRoleBinding(
      'system:controller:job-controller',
      'ClusterRole/system:controller:job-controller',
      sa('kube-system/job-controller'),
    ),
  ],
  [
    'public info',
    base().clusterRoleBinding('system:public-info-viewer', 'ClusterRole/system:public-info-viewer', group('system:unauthenticated')),
  ],
  [
    'what kubeadm shows to machines that join',
    base().roleBinding(
      'kube-public/kubeadm:bootstrap-signer-clusterinfo',
      'Role/kubeadm:bootstrap-signer-clusterinfo',
      user('system:anonymous'),
    ),
  ],
  [
    'a lock of kube-system',
    base().roleBinding(
      'kube-system/system::leader-locking-kube-scheduler',
      'Role/system::leader-locking-kube-scheduler',
      user('system:kube-scheduler'),
    ),
  ],
])('%s is stock', (_, world) => {
  expect(stock(world)).toEqual([true]);
});

test.each<[string, Fixture]>([
  [
    'what kubeadm shows, of a ClusterRole',
    base().roleBinding(
      'kube-public/kubeadm:bootstrap-signer-clusterinfo',
      'ClusterRole/kubeadm:bootstrap-signer-clusterinfo',
      user('system:anonymous'),
    ),
  ],
  ['another role', base().clusterRoleBinding('system:discovery', 'ClusterRole/cluster-admin', group('system:authenticated'))],
  ['another subject', base().clusterRoleBinding('cluster-admin', 'ClusterRole/cluster-admin', user('eve'))],
  [
    'a controller in another namespace',
    base().clusterRoleBinding('system:controller:job-controller', 'ClusterRole/system:controller:job-controller', sa('a/job-controller')),
  ],
  [
    "another controller's role",
    base().clusterRoleBinding('system:controller:job-controller', 'ClusterRole/system:controller:x', sa('kube-system/job-controller')),
  ],
  [
    'a lock of another namespace',
    base().roleBinding(
      'a/system::leader-locking-kube-scheduler',
      'Role/system::leader-locking-kube-scheduler',
      user('system:kube-scheduler'),
    ),
  ],
  ['a name from the prototype', base().clusterRoleBinding('constructor', 'ClusterRole/constructor', user('x'))],
  ['the group as a user', base().clusterRoleBinding('cluster-admin', 'ClusterRole/cluster-admin', user('system:masters'))],
])('%s is not', (_, world) => {
  expect(stock(world)).toEqual([false]);
});

test.each([
  ['system:node', { 'kubernetes.io/bootstrapping': 'rbac-defaults' }, true],
  ['system:node', {}, false],
  ['mine', { 'kubernetes.io/bootstrapping': 'rbac-defaults' }, false],
  ['view', {}, true],
  ['viewer', {}, false],
])('role %s with %o: %s', (name, labels, expected) => {
  const { kubernetes } = cluster()
    .add({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name, labels, uid: 'u' }, rules: [] })
    .inventory();
  expect(kubernetes.roles.filter((role) => role.name === name).map(isStockRole)).toEqual([expected]);
});
