import type { Grant } from '../../access/rbac/bindings.ts';
import { explainProof } from '../evidence/grant.ts';
import { everything } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import { type AnyOf, covers, type Holding, holdings } from '../facts/rights.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import { CLUSTER_ADMIN } from '../node-id.ts';
import { defineTechnique, type Emit } from './technique.ts';

const GROUP = 'rbac.authorization.k8s.io';
const RIGHTS = (['clusterroles', 'roles'] as const).map((resource) => ({
  kind: resource === 'roles' ? ('Role' as const) : ('ClusterRole' as const),
  escalate: [{ verbs: ['escalate'], apiGroup: GROUP, resource }] satisfies AnyOf,
  change: [{ verbs: ['update', 'patch'], apiGroup: GROUP, resource }] satisfies AnyOf,
}));

/** A holding that covers a role: cluster-wide for ClusterRoles, in the role's namespace for Roles. */
function covering(list: readonly Holding[], grant: Grant): Holding | undefined {
  const { role } = grant;
  const namespace = role?.kind === 'Role' ? (role.namespace ?? '') : '';
  return list.find((holding) => covers(holding, namespace) && (holding.name === undefined || holding.name === role?.name));
}

function emitFor(facts: Facts, subject: SubjectFacts, emit: Emit): void {
  const grants = facts.subjects.effective(subject);
  for (const { kind, escalate, change } of RIGHTS) {
    const escalates = holdings(grants, escalate);
    if (escalates.length === 0) continue;
    const changes = holdings(grants, change);
    for (const grant of grants) {
      if (grant.role?.kind !== kind || grant.binding.name === '') continue;
      const first = covering(escalates, grant);
      const second = covering(changes, grant);
      if (first === undefined || second === undefined) continue;
      if (![...first.by, ...second.by].some((by) => subject.own.includes(by.grant)) && !subject.own.includes(grant)) continue;
      const target = grant.scope === '' ? facts.nodes.internAs(CLUSTER_ADMIN, { kind: 'cluster-admin', name: 'cluster admin' }) : everything(facts, 'namespace-admin', grant.scope);
      emit(subject.node, target, facts.keep({ parts: [{ rights: escalate, by: first.by }, { rights: change, by: second.by }, { rights: [], by: [{ grant, rule: grant.role.rules[0] ?? EMPTY_RULE, ruleIndex: 0 }] }] }));
    }
  }
}

const EMPTY_RULE = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

export const roleEscalate = defineTechnique({
  id: 'role-escalate',
  title: 'Adds rules to a role that it holds',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group'],
  to: ['cluster-admin', 'namespace-admin'],
  action: 'Writes any rule into a role that is bound to itself.',
  precondition: '`escalate` and (`update` or `patch`) on a role, unnamed or naming it, and that role is bound to the subject or one of its groups; the gain holds where the binding does.',
  remediation: 'Take `escalate` away; nobody but the control plane needs it.',
  coverage: { level: 'partial', misses: 'writing a new role and binding it, which takes `bind` as well and is found as `role-bind`' },
  attck: ['T1098.006'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update'],
  find(facts, emit) {
    for (const subject of facts.subjects.all) emitFor(facts, subject, emit);
  },
  explain(facts, { detail }) {
    return explainProof(proofOf(facts, detail));
  },
});
