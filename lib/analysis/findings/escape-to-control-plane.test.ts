import { cluster } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const CONTROL_PLANE = { 'node-role.kubernetes.io/control-plane': '' };
const world = () => cluster().node('cp', CONTROL_PLANE).node('n1').namespace('a').namespace('kube-system');
const PRIVILEGED = { container: { securityContext: { privileged: true } } };
const owned = (kind: string) => ({
  ownerReferences: [
    { apiVersion: kind === 'Node' ? 'v1' : 'apps/v1', kind, name: kind === 'Node' ? 'cp' : 'agent', uid: 'u', controller: true },
  ],
});

tablesOf('escape-to-control-plane', {
  finds: [
    ['a privileged pod there', world().pod('a/one', { ...PRIVILEGED, node: 'cp' }), ['critical Pod a/one']],
    [
      'an agent of every node',
      world().pod('kube-system/agent-x', { ...PRIVILEGED, node: 'cp', metadata: owned('DaemonSet') }),
      ['high DaemonSet kube-system/agent'],
    ],
  ],
  silent: [
    ['a privileged pod elsewhere', world().pod('a/one', { ...PRIVILEGED, node: 'n1' })],
    ['an ordinary pod there', world().pod('a/one', { node: 'cp' })],
    ['the control plane itself', world().pod('kube-system/etcd-cp', { ...PRIVILEGED, node: 'cp', metadata: owned('Node') })],
    ['a pod that has ended', world().pod('a/one', { ...PRIVILEGED, node: 'cp', phase: 'Succeeded' })],
  ],
});
