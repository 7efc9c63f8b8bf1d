import type { AdmissionRequest } from '../../access/admission/matches.ts';
import type { GrantedRule } from '../../access/rbac/review.ts';
import type { Workload, WorkloadKind } from '../../inventory/kubernetes.ts';
import { provenAndAsked } from '../evidence/proven.ts';
import { namespacesByController, reachedThroughControllers } from '../facts/controller-namespaces.ts';
import type { Facts } from '../facts/facts.ts';
import { emitPodAuthors, type PodAuthor } from '../facts/pod-author.ts';
import type { Holding } from '../facts/rights.ts';
import { changeRequest, PATCHABLE } from '../facts/workload-rights.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique } from './technique.ts';

const isWide = (scope: string): boolean => scope === '' || scope === EVERYWHERE;

/** Namespaces of a holding in which a controller of the kind (and name) exists to be changed. */
function namespacesWith(facts: Facts, kind: WorkloadKind, { scope, name }: Holding): readonly string[] {
  const fits = (one: Workload): boolean => one.kind === kind && (name === undefined || one.name === name);
  const isIn = (namespace: string): boolean => facts.workloadsByNamespace.get(namespace)?.some(fits) === true;
  if (!isWide(scope)) return isIn(scope) ? [scope] : [];
  const all = namespacesByController(facts).get(kind) ?? [];
  return name === undefined ? all : all.filter(isIn);
}

/** A cluster-wide right reaches all namespaces at once where each of them could be changed anyway. */
function scopesOf(facts: Facts, kind: WorkloadKind, holding: Holding): readonly string[] {
  const namespaces = namespacesWith(facts, kind, holding);
  const all = isWide(holding.scope) && holding.name === undefined && namespaces.length === facts.accountsByNamespace.size;
  return all && namespaces.length > 0 ? [holding.scope] : namespaces;
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
    const found = new Map<string, { node: number; scope: string; by: GrantedRule[]; through: Map<string, AdmissionRequest> }>();
    const throughMany: PodAuthor[] = [];
    for (const { kind, rights } of PATCHABLE) {
      facts.eachHolding(rights, ({ node }, holding) => {
        const { scope: where, name, by } = holding;
        const reached = isWide(where) && name === undefined ? reachedThroughControllers(facts, kind) : undefined;
        if (reached !== undefined) {
          throughMany.push({ node, scope: where, parts: [{ rights, by }], reached });
          return;
        }
        for (const scope of scopesOf(facts, kind, holding)) {
          const key = `${node} ${scope}`;
          const entry = found.get(key) ?? { node, scope, by: [], through: new Map<string, AdmissionRequest>() };
          entry.by.push(...holding.by);
          entry.through.set(`${kind}/${name ?? ''}`, changeRequest(kind, name));
          found.set(key, entry);
        }
      });
    }
    const rights = PATCHABLE.flatMap((one) => one.rights);
    const authors = [...found.values()].map(({ node, scope, by, through }) => ({
      node,
      scope,
      parts: [{ rights, by }],
      through: [...through.values()],
    }));
    emitPodAuthors(facts, [...authors, ...throughMany], emit);
  },
  ...provenAndAsked,
});
