import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const held = (...rules: Record<string, unknown>[]) =>
  cluster()
    .serviceAccount('a/bot')
    .clusterRole('r', ...rules)
    .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'));

const stock = (name: string, one: Record<string, unknown>) =>
  cluster()
    .serviceAccount('a/bot')
    .add({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name, labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } },
      rules: [one],
    })
    .clusterRoleBinding('b', `ClusterRole/${name}`, sa('a/bot'));

tablesOf('wildcard-role', {
  finds: [
    ['everything', held(rule('*', '*', '*')), ['high ClusterRole r']],
    ['all of the core', held(rule('get', '', 'pods'), rule('*', '', '*')), ['high ClusterRole r']],
    ['reading everything', held(rule('get,list,watch', '*', '*')), ['medium ClusterRole r']],
    [
      'everything in one namespace',
      cluster()
        .serviceAccount('a/bot')
        .role('a/r', rule('*', '*', '*'))
        .roleBinding('a/b', 'Role/r', sa('a/bot')),
      ['medium Role a/r'],
    ],
    ['a role that only wears the label of a default one', stock('mine', rule('*', '*', '*')), ['high ClusterRole mine']],
  ],
  silent: [
    ["an operator's own group", held(rule('*', 'cert-manager.io', '*'))],
    ['all verbs on one resource', held(rule('*', '*', 'deployments'))],
    ['on one name', held(rule('*', '*', '*', 'x'))],
    ['watching names of a group without secrets', held(rule('get', 'apps', '*'))],
    ['deleting collections', held(rule('delete', '*', '*'))],
    ['a role that nothing binds', cluster().clusterRole('r', rule('*', '*', '*'))],
    ['the default cluster-admin', stock('cluster-admin', rule('*', '*', '*'))],
    ['a default controller', stock('system:controller:namespace-controller', rule('get,list,delete', '*', '*'))],
  ],
});
