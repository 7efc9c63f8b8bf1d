import { expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, evidenceOf } from '../testing/edges.ts';
import { type Finds, type Silent, tables } from '../testing/tables.ts';

type Rule = ReturnType<typeof rule>;

const world = (): ClusterFixture => cluster().namespace('kube-system').serviceAccount('a/bot');
const withDns = (): ClusterFixture => world().workload('Deployment', 'kube-system/coredns');
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.role('kube-system/r', ...rules).roleBinding('kube-system/rb', 'Role/r', sa('a/bot'));
const FOUND = ['sa:a/bot → all-traffic:* (conditional)'];

const finds: Finds = [
  ['patch any ConfigMap of kube-system', bind(withDns(), rule('patch', '', 'configmaps')), FOUND],
  ['update the one of CoreDNS', bind(withDns(), rule('update', '', 'configmaps', 'coredns')), FOUND],
  ["AKS' and K3s' additions", bind(withDns(), rule('update', '', 'configmaps', 'coredns-custom')), FOUND],
  [
    'cluster-wide',
    withDns()
      .clusterRole('r', rule('patch', '', 'configmaps'))
      .clusterRoleBinding('crb', 'ClusterRole/r', sa('a/bot')),
    FOUND,
  ],
  ['kube-dns', bind(world().workload('Deployment', 'kube-system/kube-dns'), rule('patch', '', 'configmaps', 'kube-dns')), FOUND],
  [
    'the cache on each node',
    bind(world().workload('DaemonSet', 'kube-system/node-local-dns'), rule('patch', '', 'configmaps', 'node-local-dns')),
    FOUND,
  ],
  ['a pod whose controller was not read', bind(world().pod('kube-system/coredns-7d4-x2', {}), rule('patch', '', 'configmaps')), FOUND],
];

const silent: Silent = [
  ['another ConfigMap', bind(withDns(), rule('patch', '', 'configmaps', 'kube-proxy'))],
  [
    'ConfigMaps of another namespace',
    withDns()
      .role('a/r', rule('patch', '', 'configmaps'))
      .roleBinding('a/rb', 'Role/r', sa('a/bot')),
  ],
  ['a DNS server that is not there', bind(withDns(), rule('patch', '', 'configmaps', 'kube-dns'))],
  ['no DNS server at all', bind(world(), rule('patch', '', 'configmaps'))],
  ['a coredns in another namespace', bind(world().workload('Deployment', 'tenant/coredns'), rule('patch', '', 'configmaps'))],
  ['a pod that has ended', bind(world().pod('kube-system/coredns-7d4-x2', { phase: 'Succeeded' }), rule('patch', '', 'configmaps'))],
  ['create: it is there already', bind(withDns(), rule('create', '', 'configmaps'))],
  ['reading and deleting', bind(withDns(), rule('get,list,watch,delete', '', 'configmaps'))],
  ['another group', bind(withDns(), rule('patch', 'apps', 'configmaps'))],
  ['a subresource', bind(withDns(), rule('patch', '', 'configmaps/status'))],
  ['the clause split over two rules', bind(withDns(), rule('patch', '', 'pods'), rule('get', '', 'configmaps'))],
  ['a binding whose role does not exist', withDns().roleBinding('kube-system/rb', 'Role/r', sa('a/bot'))],
];

tables('dns-takeover', { finds, silent });

test('evidence names the server; the binding closes it', () => {
  const inventory = bind(withDns(), rule('update', '', 'configmaps', 'coredns')).inventory();
  expect(evidenceOf(inventory, 'dns-takeover')).toEqual([
    'RoleBinding kube-system/rb /subjects/0',
    'Role kube-system/r /rules/0',
    'Deployment kube-system/coredns /metadata/name',
  ]);
  expect(changesOfEdges(inventory, 'dns-takeover')).toEqual(['sa:a/bot → all-traffic:*: RoleBinding/kube-system/rb/subjects/0']);
});
