import type { GrantedRule } from '../../access/rbac/review.ts';
import { explainProof } from '../evidence/grant.ts';
import { changesOf, closingOfProof, fixOfProof } from '../evidence/grant-closing.ts';
import type { Facts } from '../facts/facts.ts';
import { NODE_HANGS_ON, reachedByPodAuthor } from '../facts/pod-author.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import type { Holding } from '../facts/rights.ts';
import { PATCHABLE } from '../facts/workload-rights.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique } from './technique.ts';

/** Namespaces of a holding in which a controller of the kind (and name) exists to be changed. */
function* namespacesWith(facts: Facts, kind: string, { scope, name }: Holding): Generator<string> {
  for (const namespace of scope === '' || scope === EVERYWHERE ? facts.workloadsByNamespace.keys() : [scope]) {
    const workloads = facts.workloadsByNamespace.get(namespace) ?? [];
    if (workloads.some((workload) => workload.kind === kind && (name === undefined || workload.name === name))) yield namespace;
  }
}

/** A cluster-wide right reaches all namespaces at once where each of them could be changed anyway. */
function scopesOf(facts: Facts, kind: string, holding: Holding): readonly string[] {
  const namespaces = [...namespacesWith(facts, kind, holding)];
  const everywhere = holding.scope === '' || holding.scope === EVERYWHERE;
  return everywhere && holding.name === undefined && namespaces.length > 0 && namespaces.length === facts.accountsByNamespace.size
    ? [holding.scope]
    : namespaces;
}

export const workloadPatch = defineTechnique({
  id: 'workload-patch',
  title: "Changes a controller's template",
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-service-accounts', 'all-secrets', 'all-nodes'],
  action: 'Changes the pod template of an existing controller: its image, service account, volumes and security context.',
  precondition:
    '`update` or `patch` on replicationcontrollers, deployments.apps, replicasets.apps, statefulsets.apps, daemonsets.apps or cronjobs.batch, and such an object exists under the name that the rule allows.',
  remediation: 'Name the controllers in `resourceNames`, and keep strong service accounts out of their namespace.',
  coverage: { level: 'partial', misses: 'custom resources that controllers turn into pods' },
  attck: ['T1610'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation'],
  find(facts, emit) {
    const found = new Map<string, { node: number; scope: string; by: GrantedRule[] }>();
    for (const { kind, rights } of PATCHABLE) {
      facts.eachHolding(rights, ({ node }, holding) => {
        for (const scope of scopesOf(facts, kind, holding)) {
          const key = `${node} ${scope}`;
          const entry = found.get(key) ?? { node, scope, by: [] };
          entry.by.push(...holding.by);
          found.set(key, entry);
        }
      });
    }
    for (const { node, scope, by } of found.values()) {
      const detail = facts.keep({ parts: [{ rights: PATCHABLE.flatMap(({ rights }) => rights), by }] });
      for (const { target, certainty } of reachedByPodAuthor(facts, scope)) emit(node, target, detail, certainty);
    }
  },
  changes(facts, { detail }) {
    return changesOf(proofOf(facts, detail));
  },
  closing(facts, { detail }) {
    return closingOfProof(proofOf(facts, detail));
  },
  fix(facts, { detail }, change) {
    return fixOfProof(proofOf(facts, detail), change);
  },
  explain(facts, { detail, certainty }) {
    const explained = explainProof(proofOf(facts, detail));
    return certainty === 'conditional' ? { ...explained, hangsOn: NODE_HANGS_ON } : explained;
  },
});
