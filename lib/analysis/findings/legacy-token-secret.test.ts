import { cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const TYPE = 'kubernetes.io/service-account-token';
const token = (labels: Record<string, string> = {}, account = 'bot') => ({
  type: TYPE,
  metadata: { labels, annotations: { 'kubernetes.io/service-account.name': account } },
});
const world = () => cluster().namespace('a').serviceAccount('a/bot');

tablesOf('legacy-token-secret', {
  finds: [
    ['a token that nobody mounts', world().secret('a/t', token()), ['medium Secret a/t']],
    [
      'the token of an administrator',
      world()
        .secret('a/t', token())
        .clusterRole('all', rule('*', '*', '*'))
        .clusterRoleBinding('b', 'ClusterRole/all', sa('a/bot')),
      ['high Secret a/t'],
    ],
    [
      'a token that the API server refuses by now',
      world().secret('a/t', token({ 'kubernetes.io/legacy-token-invalid-since': '2026-01-01' })),
      ['low Secret a/t'],
    ],
    [
      'a token that a pod mounts',
      world()
        .secret('a/t', token({ 'kubernetes.io/legacy-token-last-used': '2026-11-20' }))
        .pod('a/one', {
          serviceAccount: 'bot',
          volumes: [{ name: 't', secret: { secretName: 't' } }],
          mounts: [{ name: 't', mountPath: '/t' }],
        }),
      ['medium Secret a/t'],
    ],
  ],
  silent: [
    ['another type', world().secret('a/t', { ...token(), type: 'Opaque' })],
    ['a token of nobody', world().secret('a/t', { type: TYPE })],
    ['a name that looks like one', world().secret('a/bot-token-abcde')],
    ['projected tokens', world().pod('a/one', { serviceAccount: 'bot' })],
  ],
});
