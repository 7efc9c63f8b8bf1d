import { cluster } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const withToken = (serviceAccountToken: Record<string, unknown>, isMounted = true) =>
  cluster()
    .serviceAccount('a/bot')
    .pod('a/one', {
      serviceAccount: 'bot',
      volumes: [{ name: 'mine', projected: { sources: [{ serviceAccountToken }] } }],
      ...(isMounted ? { mounts: [{ name: 'mine', mountPath: '/var/run/secrets/tokens' }] } : {}),
    });

tablesOf('long-lived-token', {
  finds: [
    ['a week for the API server', withToken({ path: 'token', expirationSeconds: 604800 }), ['medium Pod a/one']],
    ['a week for another service', withToken({ path: 'token', audience: 'vault', expirationSeconds: 604800 }), ['low Pod a/one']],
  ],
  silent: [
    ['an hour', withToken({ path: 'token', expirationSeconds: 3600 })],
    ['a day, as the webhook of EKS writes it', withToken({ path: 'token', audience: 'sts.amazonaws.com', expirationSeconds: 86400 })],
    ['nothing said, which is an hour', withToken({ path: 'token' })],
    ['a volume that nobody mounts', withToken({ path: 'token', expirationSeconds: 604800 }, false)],
  ],
});
