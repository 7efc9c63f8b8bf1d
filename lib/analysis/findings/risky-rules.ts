import type { AnyOf } from '../../graph/facts/rights.ts';
import { isCoveredByAdmin } from '../finding-facts/covered.ts';
import { clusterWideHolders, type Holder, holderRow } from '../finding-facts/holders.ts';
import { subjects } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { worstOf } from '../finding-facts/severity.ts';
import type { Severity } from '../summary.ts';
import { defineFinding } from './finding.ts';

const RBAC = 'rbac.authorization.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const WRITE = ['create', 'update', 'patch'];

interface Rule {
  readonly does: string;
  readonly severity: Severity;
  readonly rights: AnyOf;
}

/**
 * Rights over the whole cluster that are worth a look wherever they are held: what rbac-police calls critical and high, and KubiScan's and
 * krane's rules, with the API groups that Kubernetes has. Rights that a finding of their own is about are left out.
 */
const RULES: readonly Rule[] = [
  {
    does: 'make pods in every namespace, and so run as every service account',
    severity: 'high',
    rights: [
      { verbs: ['create'], apiGroup: '', resource: 'pods' },
      { verbs: ['create'], apiGroup: '', resource: 'replicationcontrollers' },
      ...['deployments', 'daemonsets', 'statefulsets', 'replicasets'].map((resource) => ({
        verbs: ['create'],
        apiGroup: 'apps',
        resource,
      })),
      ...['jobs', 'cronjobs'].map((resource) => ({ verbs: ['create'], apiGroup: 'batch', resource })),
    ],
  },
  {
    does: 'change the workloads of every namespace, service account included',
    severity: 'high',
    rights: [
      ...['deployments', 'daemonsets', 'statefulsets', 'replicasets'].map((resource) => ({
        verbs: ['update', 'patch'],
        apiGroup: 'apps',
        resource,
      })),
      { verbs: ['update', 'patch'], apiGroup: 'batch', resource: 'cronjobs' },
    ],
  },
  {
    does: 'issue tokens of every service account',
    severity: 'high',
    rights: [{ verbs: ['create'], apiGroup: '', resource: 'serviceaccounts', subresource: 'token' }],
  },
  {
    does: 'approve certificate requests',
    severity: 'medium',
    rights: [{ verbs: ['update', 'patch'], apiGroup: CERTIFICATES, resource: 'certificatesigningrequests', subresource: 'approval' }],
  },
  {
    does: 'put webhooks in front of the API server',
    severity: 'high',
    rights: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'].map((resource) => ({
      verbs: WRITE,
      apiGroup: ADMISSION,
      resource,
    })),
  },
  { does: 'write ClusterRoleBindings', severity: 'medium', rights: [{ verbs: WRITE, apiGroup: RBAC, resource: 'clusterrolebindings' }] },
  {
    does: 'relabel namespaces, and so switch Pod Security off',
    severity: 'medium',
    rights: [{ verbs: ['update', 'patch'], apiGroup: '', resource: 'namespaces' }],
  },
  {
    does: 'make persistent volumes of any path of a node',
    severity: 'medium',
    rights: [{ verbs: ['create'], apiGroup: '', resource: 'persistentvolumes' }],
  },
];

export const riskyRules = defineFinding({
  id: 'risky-rules',
  title: 'Cluster-wide rights that lead further',
  severity: 'high',
  class: 'rbac',
  why: 'Each of these rights is one or two requests away from other identities: of pods that one makes, of tokens that one issues, of traffic that one redirects.',
  remediation: 'Bind the role in the namespaces where it is needed, or take the rights out that its holder does not use.',
  misses: 'rights that are given namespace by namespace',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
    'https://github.com/cyberark/KubiScan',
    'https://github.com/appvia/krane',
  ],
  prevention: noPolicy(
    'controllers need some of these rights, so that a policy that refuses them all would refuse the controllers; review the ClusterRole when it is written',
  ),
  population: subjects,
  *find(world) {
    const byKey = new Map<string, { rule: Rule; holder: Holder }[]>();
    for (const rule of RULES)
      for (const holder of clusterWideHolders(world, rule.rights)) {
        if (isCoveredByAdmin(world, holder.key)) continue;
        const list = byKey.get(holder.key);
        if (list === undefined) byKey.set(holder.key, [{ rule, holder }]);
        else list.push({ rule, holder });
      }
    for (const [key, held] of byKey) {
      const [first, ...rest] = held.flatMap(({ holder }) => holder.by);
      if (first === undefined) continue;
      const merged: Holder = { key, holding: (held[0] as { holder: Holder }).holder.holding, by: [first, ...rest] };
      yield holderRow(world, merged, {
        says: `it may ${held.map(({ rule }) => rule.does).join('; ')}`,
        severity: worstOf(held.map(({ rule }) => rule.severity)),
      });
    }
  },
});
