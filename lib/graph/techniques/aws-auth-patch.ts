import { proven } from '../evidence/proven.ts';
import { askingIn } from '../facts/asking.ts';
import { worldOf } from '../facts/aws-principals.ts';
import type { Facts } from '../facts/facts.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import { type AnyOf, covers, type Holding } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const NAMESPACE = 'kube-system';
const NAME = 'aws-auth';
const CONFIG_MAPS = { apiGroup: '', resource: 'configmaps' } as const;
const CHANGE: AnyOf = [{ ...CONFIG_MAPS, verbs: ['update', 'patch'] }];
const CREATE: AnyOf = [{ ...CONFIG_MAPS, verbs: ['create'] }];

const NOT_READ = `the cluster's authentication mode not being API (eks:DescribeCluster was not read)`;
const ABSENT = `the ConfigMap ${NAMESPACE}/${NAME} being there: it maps nobody, or is not there`;
const NOT_THERE = `the ConfigMap ${NAMESPACE}/${NAME} not being there yet`;

/** Whether the cluster is EKS: by its own record, its version (`v1.30.2-eks-1de2ab1`) or the entries of aws-auth; a node of AWS alone is none. */
function isEks(facts: Facts): boolean {
  const { cluster, kubernetes } = facts.inventory;
  return worldOf(facts).cluster !== undefined || (cluster.version ?? '').includes('-eks-') || (kubernetes.awsAuth?.length ?? 0) > 0;
}

/** What changing aws-auth hangs on; undefined: it is not asked. Source: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html */
function conditions(facts: Facts): readonly string[] | undefined {
  const mode = worldOf(facts).cluster?.authenticationMode;
  if (mode === 'API' || !isEks(facts)) return undefined;
  return mode === undefined ? [NOT_READ] : [];
}

const holds = (holding: Holding): boolean => covers(holding, NAMESPACE) && (holding.name === undefined || holding.name === NAME);

export const awsAuthPatch = defineTechnique({
  id: 'aws-auth-patch',
  title: 'Maps itself to system:masters in aws-auth',
  class: 'cloud',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['cluster-admin'],
  action: `Writes an identity of AWS, of any account, into the ConfigMap ${NAMESPACE}/${NAME} with the group \`system:masters\`, and logs in as it.`,
  precondition: `\`update\` or \`patch\` on \`configmaps\` in ${NAMESPACE}, unnamed or naming \`${NAME}\` (\`create\` only while it is not there); the cluster is EKS and its authentication mode is not API.`,
  remediation: `Set the authentication mode to API, and name config maps in \`resourceNames\`.`,
  coverage: { level: 'partial', misses: 'clusters that run aws-iam-authenticator themselves, without being EKS' },
  attck: ['T1098.006'],
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://github.com/kubernetes-sigs/aws-iam-authenticator#full-configuration-format',
  ],
  find(facts, emit) {
    const hangsOn = conditions(facts);
    if (hangsOn === undefined) return;
    const { awsAuth } = facts.inventory.kubernetes;
    const admin = facts.nodes.clusterAdmin();
    const emitFor = (rights: AnyOf, more: readonly string[]): void =>
      facts.eachHolding(rights, ({ node }, holding) => {
        if (!holds(holding)) return;
        const all = [...hangsOn, ...more];
        const detail = facts.keep({ parts: [{ rights, by: holding.by }], ...(all.length === 0 ? {} : { hangsOn: all.join('; and ') }) });
        emit(node, admin, detail, all.length === 0 ? 'certain' : 'conditional');
      });
    emitFor(CHANGE, awsAuth !== undefined && awsAuth.length > 0 ? [] : [ABSENT]);
    if (awsAuth === undefined || awsAuth.length === 0) emitFor(CREATE, [NOT_THERE]);
  },
  ...proven,
  asks: (facts, { detail }) => askingIn(facts, NAMESPACE, proofOf(facts, detail).parts),
});
