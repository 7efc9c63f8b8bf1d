import { cluster } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const withEnv = (...env: Record<string, unknown>[]) => cluster().secret('a/s').pod('a/one', { container: { env } });
const CANARY = 'canary-wJalrXUtnFEMI';

tablesOf('credential-in-environment', {
  finds: [
    ['a key by value', withEnv({ name: 'A', value: '1' }, { name: 'AWS_SECRET_ACCESS_KEY', value: CANARY }), ['high Pod a/one']],
    ['a ConfigMap', withEnv({ name: 'AZURE_CLIENT_SECRET', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }), ['high Pod a/one']],
  ],
  silent: [
    ['a secret', withEnv({ name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } })],
    ['a region', withEnv({ name: 'AWS_REGION', value: 'eu-west-1' }, { name: 'AWS_ROLE_ARN', value: 'arn:aws:iam::1:role/x' })],
    ['the path of a file', withEnv({ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/var/run/x.json' })],
    ['the id of a key, which is no secret', withEnv({ name: 'AWS_ACCESS_KEY_ID', value: 'AKIA' })],
    ['another case', withEnv({ name: 'aws_secret_access_key', value: CANARY })],
  ],
});
