import type { Grant } from '../../access/rbac/bindings.ts';
import { allOf } from '../closing.ts';
import { bindingEvidence, deleteBinding } from '../evidence/grant.ts';
import { closingOfGrant, fixOfGrants } from '../evidence/grant-closing.ts';
import type { Facts } from '../facts/facts.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

/** Grants of a subject by binding: a group may be named by thousands. */
const remembered = new WeakMap<SubjectFacts, ReadonlyMap<unknown, readonly Grant[]>>();

function grantsBetween(facts: Facts, node: number, binding: number): readonly Grant[] {
  const subject = facts.subjects.byNode.get(node);
  if (subject === undefined) return [];
  let byBinding = remembered.get(subject);
  if (byBinding === undefined) {
    byBinding = Map.groupBy(subject.own, (grant) => grant.binding);
    remembered.set(subject, byBinding);
  }
  return byBinding.get(facts.nodes.records[binding]) ?? [];
}

export const boundBy = defineTechnique({
  id: 'bound-by',
  title: 'Is a subject of binding',
  class: 'structure',
  walked: true,
  from: ['service-account', 'user', 'group'],
  to: ['role-binding', 'cluster-role-binding'],
  action: 'Holds what the binding gives.',
  precondition:
    "A subject of the binding names it; a service account without a namespace is the binding's own; a User called `system:serviceaccount:NS:NAME` is the service account.",
  remediation: 'Take the subject out of the binding.',
  coverage: { level: 'full' },
  attck: ['T1069'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
  find({ subjects, nodes }, emit) {
    for (const { node, own } of subjects.all) {
      if (nodes.kinds[node] === 'role-grant') continue;
      for (const binding of new Set(own.map((grant) => grant.binding))) {
        const kind = binding.namespace === undefined ? 'cluster-role-binding' : 'role-binding';
        emit(node, nodes.intern(kind, binding.name, binding.namespace, binding));
      }
    }
  },
  closing(facts, { from, to }) {
    return allOf(grantsBetween(facts, from, to).map(closingOfGrant));
  },
  fix(facts, { from, to }, change) {
    return fixOfGrants(grantsBetween(facts, from, to), change);
  },
  explain(facts, { from, to }) {
    const [first, ...rest] = grantsBetween(facts, from, to) as [Grant, ...Grant[]];
    const others = first.binding.subjects.length - 1 - rest.length;
    return {
      evidence: [bindingEvidence(first), ...rest.map(bindingEvidence)] as [Evidence, ...Evidence[]],
      fix: {
        says: 'delete the binding',
        command: deleteBinding(first),
        ...(others > 0 ? { sideEffect: `${others} other subjects lose the role as well` } : {}),
      },
    };
  },
});
