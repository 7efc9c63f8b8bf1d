import { cluster } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const PULL = { type: 'kubernetes.io/dockerconfigjson' };
const pulls = (path: string) => [path, { imagePullSecrets: [{ name: 'registry' }] }] as const;

tablesOf('pull-secret-spread', {
  finds: [
    [
      'copies in three namespaces',
      cluster().secret('a/registry', PULL).secret('b/registry', PULL).secret('c/registry', PULL),
      ['low Secret registry × 3'],
    ],
    [
      'accounts that name it',
      cluster()
        .secret('a/registry', PULL)
        .serviceAccount(...pulls('b/default'))
        .serviceAccount(...pulls('c/x')),
      ['low Secret registry × 3'],
    ],
  ],
  silent: [
    ['two namespaces', cluster().secret('a/registry', PULL).secret('b/registry', PULL)],
    ['different names', cluster().secret('a/one', PULL).secret('b/two', PULL).secret('c/three', PULL)],
    ['another type', cluster().secret('a/registry').secret('b/registry').secret('c/registry')],
    [
      'several accounts of one namespace',
      cluster()
        .serviceAccount(...pulls('a/x'))
        .serviceAccount(...pulls('a/y'))
        .serviceAccount(...pulls('a/z')),
    ],
  ],
});
