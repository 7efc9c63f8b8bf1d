import { cluster } from '../../inventory/testing/cluster.ts';
import { tablesOf } from '../testing/finding-table.ts';

const secretWith = (name: string, ...keys: string[]) =>
  cluster().secret(`a/${name}`, { data: Object.fromEntries(keys.map((key) => [key, 'eA=='])) });
const mounting = (world: ReturnType<typeof cluster>, secretName: string, mountPath = '/etc/x') =>
  world.pod('a/one', { volumes: [{ name: 'v', secret: { secretName } }], mounts: [{ name: 'v', mountPath }] });
const host = (path: string) =>
  cluster().pod('a/one', { volumes: [{ name: 'v', hostPath: { path } }], mounts: [{ name: 'v', mountPath: '/host' }] });

tablesOf('kubeconfig-in-pod', {
  finds: [
    ['an entry that says so', mounting(secretWith('s', 'kubeconfig'), 's'), ['medium Pod a/one']],
    ['an entry of a cluster', mounting(secretWith('s', 'prod.kubeconfig'), 's'), ['medium Pod a/one']],
    ['a plain entry in a secret that says so', mounting(secretWith('prod-kubeconfig', 'value'), 'prod-kubeconfig'), ['medium Pod a/one']],
    ['where kubectl looks', mounting(secretWith('s', 'x'), 's', '/root/.kube'), ['medium Pod a/one']],
    ['the file itself', mounting(secretWith('s', 'x'), 's', '/root/.kube/config'), ['medium Pod a/one']],
    ["the node's own", host('/etc/kubernetes/admin.conf/'), ['high Pod a/one']],
    [
      'in the environment',
      secretWith('s', 'kubeconfig').pod('a/one', {
        container: { env: [{ name: 'K', valueFrom: { secretKeyRef: { name: 's', key: 'kubeconfig' } } }] },
      }),
      ['medium Pod a/one'],
    ],
  ],
  silent: [
    ['a secret that no pod names', secretWith('s', 'kubeconfig').pod('a/one')],
    ['the same name in another namespace', mounting(cluster().secret('z/s', { data: { kubeconfig: 'eA==' } }), 's')],
    ['a plain entry', mounting(secretWith('s', 'config', 'value'), 's')],
    ['another file of the node', host('/etc/kubernetes/pki/ca.crt')],
    ['a cache of kubectl', mounting(secretWith('s', 'x'), 's', '/root/.kube/cache')],
    [
      'an empty folder where kubectl looks',
      cluster().pod('a/one', { volumes: [{ name: 'v', emptyDir: {} }], mounts: [{ name: 'v', mountPath: '/root/.kube' }] }),
    ],
    ['a folder that only begins so', mounting(secretWith('s', 'x'), 's', '/root/.kubernetes')],
  ],
});
