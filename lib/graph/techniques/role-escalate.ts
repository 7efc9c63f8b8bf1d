import type { Grant } from '../../access/rbac/bindings.ts';
import { explainProof } from '../evidence/grant.ts';
import { changesOf, closingOfProof, fixOfProof } from '../evidence/grant-closing.ts';
import { everything } from '../facts/everything.ts';
import type { Facts, Proof } from '../facts/facts.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import { type AnyOf, covers, eitherWay, type Holding, holdings } from '../facts/rights.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import { defineTechnique, type Emit } from './technique.ts';

const GROUP = 'rbac.authorization.k8s.io';
const RIGHTS = (['clusterroles', 'roles'] as const).map((resource) => ({
  kind: resource === 'roles' ? ('Role' as const) : ('ClusterRole' as const),
  escalate: [{ verbs: ['escalate'], apiGroup: GROUP, resource }] satisfies AnyOf,
  change: [{ verbs: ['update', 'patch'], apiGroup: GROUP, resource }] satisfies AnyOf,
}));

/** Every rule that gives a right over a role: cluster-wide for ClusterRoles, in the role's namespace for Roles. */
function covering(list: readonly Holding[], { role }: Grant): Holding['by'] {
  const namespace = role?.kind === 'Role' ? (role.namespace ?? '') : '';
  return list
    .filter((holding) => covers(holding, namespace) && (holding.name === undefined || holding.name === role?.name))
    .flatMap(({ by }) => by);
}

const NO_RULE = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };

/** The proof that a subject may write anything into the role of one of its grants, where it may. */
function proofFor(
  subject: SubjectFacts,
  grant: Grant,
  rights: (typeof RIGHTS)[number],
  held: { escalates: readonly Holding[]; changes: readonly Holding[] },
): Proof | undefined {
  const { role } = grant;
  if (role?.kind !== rights.kind) return undefined;
  const escalate = covering(held.escalates, grant);
  const change = covering(held.changes, grant);
  if (escalate.length === 0 || change.length === 0) return undefined;
  // What groups alone give is an edge of the group.
  if (![...escalate, ...change, { grant }].some((by) => subject.own.includes(by.grant))) return undefined;
  return {
    parts: [
      { rights: rights.escalate, by: escalate },
      { rights: rights.change, by: change },
      { rights: [], by: [{ grant, rule: role.rules[0] ?? NO_RULE, ruleIndex: 0 }] },
    ],
  };
}

/** Where the gain holds. */
const targetOf = (facts: Facts, { scope }: Grant): number =>
  scope === '' ? facts.nodes.clusterAdmin() : everything(facts, 'namespace-admin', scope);

function emitFor(facts: Facts, subject: SubjectFacts, emit: Emit): void {
  const proofs = new Map<number, Proof>();
  const grants = facts.subjects.effective(subject);
  for (const rights of RIGHTS) {
    const escalates = holdings(grants, rights.escalate);
    if (escalates.length === 0) continue;
    const held = { escalates, changes: holdings(grants, rights.change) };
    for (const grant of grants) {
      const proof = proofFor(subject, grant, rights, held);
      if (proof === undefined) continue;
      const target = targetOf(facts, grant);
      const known = proofs.get(target);
      proofs.set(target, known === undefined ? proof : { parts: eitherWay(known.parts, proof.parts) });
    }
  }
  for (const [target, proof] of proofs) emit(subject.node, target, facts.keep(proof));
}

export const roleEscalate = defineTechnique({
  id: 'role-escalate',
  title: 'Adds rules to a role that it holds',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['cluster-admin', 'namespace-admin'],
  action: 'Writes any rule into a role that is bound to itself.',
  precondition:
    '`escalate` and (`update` or `patch`) on a role, unnamed or naming it, and that role is bound to the subject or one of its groups; the gain holds where the binding does.',
  remediation: 'Take `escalate` away; nobody but the control plane needs it.',
  coverage: { level: 'partial', misses: 'writing a new role and binding it, which takes `bind` as well and is found as `role-bind`' },
  attck: ['T1098.006'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update'],
  find(facts, emit) {
    for (const subject of facts.subjects.all) emitFor(facts, subject, emit);
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
  explain(facts, { detail }) {
    return explainProof(proofOf(facts, detail));
  },
});
