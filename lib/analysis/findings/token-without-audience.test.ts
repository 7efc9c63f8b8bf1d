import { cluster } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const withToken = (mountPath: string, serviceAccountToken: Record<string, unknown> = { path: 'token' }) =>
  cluster()
    .serviceAccount('a/bot')
    .pod('a/one', {
      serviceAccount: 'bot',
      volumes: [{ name: 'mine', projected: { sources: [{ serviceAccountToken }] } }],
      mounts: [{ name: 'mine', mountPath }],
    });

tablesOf('token-without-audience', {
  finds: [
    ['a token elsewhere', withToken('/var/run/secrets/vault'), ['low Pod a/one']],
    ['an empty audience', withToken('/var/run/secrets/vault', { path: 'token', audience: '' }), ['low Pod a/one']],
  ],
  silent: [
    ['an audience', withToken('/var/run/secrets/vault', { path: 'token', audience: 'vault' })],
    ['where client libraries look', withToken('/var/run/secrets/kubernetes.io/serviceaccount')],
    ['the same by another name of the folder', withToken('/run/secrets/kubernetes.io/serviceaccount/')],
    ['what the API server mounts', cluster().serviceAccount('a/bot').pod('a/one', { serviceAccount: 'bot' })],
  ],
});
