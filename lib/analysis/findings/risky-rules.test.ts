import { cluster, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const world = () => cluster().serviceAccount('a/bot').pod('a/one', { serviceAccount: 'bot' });
const held = (...rules: Record<string, unknown>[]) =>
  world()
    .clusterRole('r', ...rules)
    .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'));

tablesOf('risky-rules', {
  finds: [
    ['making deployments', held(rule('create', 'apps', 'deployments')), ['high ServiceAccount a/bot']],
    ['issuing tokens', held(rule('create', '', 'serviceaccounts/token')), ['high ServiceAccount a/bot']],
    ['several rights are one row', held(rule('create', '', 'pods'), rule('patch', '', 'namespaces')), ['high ServiceAccount a/bot']],
    ['persistent volumes', held(rule('create', '', 'persistentvolumes')), ['medium ServiceAccount a/bot']],
    [
      'a user, one step milder',
      world()
        .clusterRole('r', rule('update', 'certificates.k8s.io', 'certificatesigningrequests/approval'))
        .clusterRoleBinding('b', 'ClusterRole/r', user('alice')),
      ['low User alice'],
    ],
  ],
  silent: [
    ['deployments of another group', held(rule('create', '', 'deployments'), rule('create', 'extensions', 'daemonsets'))],
    [
      'one namespace',
      world()
        .clusterRole('r', rule('create', '', 'pods'))
        .roleBinding('a/b', 'ClusterRole/r', sa('a/bot')),
    ],
    ['approval without the subresource', held(rule('update', 'certificates.k8s.io', 'certificatesigningrequests'))],
    ['reading', held(rule('get,list,watch', '', 'pods,namespaces,persistentvolumes'))],
    ['namespaces by name', held(rule('update', '', 'namespaces', 'a'))],
    ['cluster admin', held(rule('*', '*', '*'))],
  ],
});
