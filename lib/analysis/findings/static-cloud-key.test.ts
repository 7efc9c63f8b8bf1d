import { cluster } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const secretWith = (name: string, ...keys: string[]) =>
  cluster().secret(`a/${name}`, { data: Object.fromEntries(keys.map((key) => [key, 'eA=='])) });

tablesOf('static-cloud-key', {
  finds: [
    ['keys that no pod uses', secretWith('s', 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID').pod('z/other'), ['low Secret a/s']],
    ['keys of which nobody read whether a pod uses them', secretWith('s', 'AWS_SECRET_ACCESS_KEY'), ['medium Secret a/s']],
    [
      'keys in an environment',
      secretWith('s', 'AWS_SECRET_ACCESS_KEY').pod('a/one', { container: { envFrom: [{ secretRef: { name: 's' } }] } }),
      ['medium Secret a/s'],
    ],
    [
      'keys of two clouds are two rows',
      secretWith('s', 'AWS_SECRET_ACCESS_KEY', 'AZURE_CLIENT_SECRET').pod('z/other'),
      ['low Secret a/s', 'low Secret a/s'],
    ],
  ],
  silent: [
    ['a password', secretWith('s', 'password', 'token', 'config')],
    [
      'a token of Kubernetes',
      cluster().secret('a/s', { type: 'kubernetes.io/service-account-token', data: { AWS_SECRET_ACCESS_KEY: 'eA==' } }),
    ],
    ['a secret whose entries were not read', cluster().secret('a/s')],
  ],
});
