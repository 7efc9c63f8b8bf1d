import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { allEdges, changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { holding } from '../testing/holding.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

const GROUP = 'certificates.k8s.io';
const SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';
const world = (): ClusterFixture => cluster().serviceAccount('a/bot').serviceAccount('a/other').node('n1');
const { everywhere } = holding(world);
const REQUEST = rule('create,get,list,watch', GROUP, 'certificatesigningrequests');
const NODE_CLIENT = rule('create', GROUP, 'certificatesigningrequests/nodeclient');
const APPROVAL = rule('update', GROUP, 'certificatesigningrequests/approval');
const APPROVE = rule('approve', GROUP, 'signers', SIGNER);
const NODES = ['sa:a/bot → all-users:nodes (conditional)', 'sa:a/bot → group:system:nodes (conditional)'];

const finds: Finds = [
  [
    'where pods run: what their kubelets may read and mint',
    everywhere(REQUEST, NODE_CLIENT).pod('a/web', { serviceAccount: 'other', node: 'n1' }),
    [...NODES, 'sa:a/bot → kubelet-volumes:* (conditional)'],
  ],
  ['nodeclient: the controller manager approves it', everywhere(REQUEST, NODE_CLIENT), NODES],
  [
    'the bootstrap group of kubeadm, by two bindings',
    world()
      .clusterRole('system:node-bootstrapper', REQUEST)
      .clusterRole('nodeclient', NODE_CLIENT)
      .clusterRoleBinding('a', 'ClusterRole/system:node-bootstrapper', group('system:bootstrappers:kubeadm:default-node-token'))
      .clusterRoleBinding('b', 'ClusterRole/nodeclient', group('system:bootstrappers:kubeadm:default-node-token')),
    [
      'group:system:bootstrappers:kubeadm:default-node-token → all-users:nodes (conditional)',
      'group:system:bootstrappers:kubeadm:default-node-token → group:system:nodes (conditional)',
    ],
  ],
  ['approving it himself', everywhere(REQUEST, APPROVAL, APPROVE), NODES],
  ['approving it himself, by the domain', everywhere(REQUEST, APPROVAL, rule('approve', GROUP, 'signers', 'kubernetes.io/*')), NODES],
  ['both ways: once', everywhere(REQUEST, NODE_CLIENT, APPROVAL, APPROVE), NODES],
];

const silent: Silent = [
  [
    'selfnodeclient renews only a certificate of its own',
    everywhere(REQUEST, rule('create', GROUP, 'certificatesigningrequests/selfnodeclient')),
  ],
  ['nodeclient without creating requests', everywhere(rule('get', GROUP, 'certificatesigningrequests'), NODE_CLIENT)],
  ['creating requests alone', everywhere(REQUEST)],
  ['nothing comes back', everywhere(rule('create', GROUP, 'certificatesigningrequests'), NODE_CLIENT)],
  ['get on nodeclient is not create', everywhere(REQUEST, rule('get', GROUP, 'certificatesigningrequests/nodeclient'))],
  [
    'the signer for users is another technique',
    everywhere(REQUEST, APPROVAL, rule('approve', GROUP, 'signers', 'kubernetes.io/kube-apiserver-client')),
  ],
  [
    'the signer for serving certificates',
    everywhere(REQUEST, APPROVAL, rule('approve', GROUP, 'signers', 'kubernetes.io/kubelet-serving')),
  ],
  ['by a RoleBinding', world().role('a/r', REQUEST, NODE_CLIENT).roleBinding('a/rb', 'Role/r', sa('a/bot'))],
  ['the parts for two subjects', everywhere(REQUEST).clusterRole('s', NODE_CLIENT).clusterRoleBinding('s', 'ClusterRole/s', sa('a/other'))],
];

tables('node-certificate', { finds, silent });

test('it leads to the users of the nodes that are there, and to no other user', () => {
  const edges = allEdges(buildGraph(everywhere(REQUEST, NODE_CLIENT).clusterRoleBinding('u', 'ClusterRole/r', user('alice')).inventory()));
  const members = edges.filter((line) => line.includes('  all-users:nodes → ')).map((line) => line.split('  ')[1]);
  expect(members).toEqual(['all-users:nodes → user:system:node:n1']);
});

test('evidence and the changes that close it', () => {
  const two = everywhere(REQUEST).clusterRole('s', NODE_CLIENT).clusterRoleBinding('s', 'ClusterRole/s', sa('a/bot'));
  expect(evidenceOf(two.inventory(), 'node-certificate').slice(0, 4)).toEqual([
    'ClusterRoleBinding crb /subjects/0',
    'ClusterRole r /rules/0',
    'ClusterRoleBinding s /subjects/0',
    'ClusterRole s /rules/0',
  ]);
  expect(changesOfEdges(two.inventory(), 'node-certificate')[0]).toBe(
    'sa:a/bot → all-users:nodes: ClusterRoleBinding//crb/subjects/0, ClusterRoleBinding//s/subjects/0',
  );
});

test('it leads on to the tokens of the pods on the nodes', () => {
  const fixture = everywhere(REQUEST, NODE_CLIENT).pod('a/web', { serviceAccount: 'other', node: 'n1' });
  const lines = allEdges(buildGraph(fixture.inventory())).map((line) => line.split('  ').slice(0, 2).join('  '));
  expect(lines).toContain('kubelet-volume-token  kubelet-volumes:* → kubelet-volumes:n1');
  expect(lines).toContain('kubelet-volume-token  kubelet-volumes:n1 → sa:a/other');
});
