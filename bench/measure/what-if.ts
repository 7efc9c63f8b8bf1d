/**
 * What one binding would open, with everything that answers it: the changed world is built, compared and told. The first question works out what the
 * world that was read is asked again and again; the second is what the next ones cost.
 *
 * Usage: node bench/measure/what-if.ts FOLDER
 */
import { whatIfAnswer } from '../../lib/server/answers/what-if.ts';
import { datasetOf } from '../../lib/server/dataset.ts';
import { readSnapshot } from '../../lib/sources/snapshot/read.ts';
import { report } from './report-line.ts';

const data = datasetOf(await readSnapshot(process.argv[2] ?? ''));
const account = data.inventory.kubernetes.serviceAccounts[0];
if (account === undefined) throw new Error('the cluster has no service account to bind');
const { namespace, name } = account;
const manifest = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'what-if' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'ServiceAccount', namespace, name }],
};
const took = [1, 2].map(() => {
  const started = performance.now();
  whatIfAnswer(data, [{ change: 'apply', manifest }], []);
  return performance.now() - started;
});
report({ firstMs: took[0] as number, nextMs: took[1] as number });
