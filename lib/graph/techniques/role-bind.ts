import { proven } from '../evidence/proven.ts';
import { defineTechnique } from './technique.ts';

export const roleBind = defineTechnique({
  id: 'role-bind',
  title: 'Binds a role to itself',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['cluster-admin', 'namespace-admin', 'role-grant'],
  action: 'Creates a binding of a stronger role, or changes one that is there, and names itself as the subject.',
  precondition:
    "`create` on rolebindings (or clusterrolebindings, cluster-wide), or `update` or `patch` on an existing binding of the role, and `bind` on the role in the binding's namespace or cluster-wide, for the same subject; without `bind` the API server lets nobody give more than he holds.",
  remediation: 'Take `bind` away, or name harmless roles in `resourceNames`.',
  coverage: {
    level: 'partial',
    misses: 'gains that need the new role and an old right together',
  },
  attck: ['T1098.006'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update'],
  find(facts, emit) {
    for (const { subject, target, parts } of facts.bindable) emit(subject.node, target, facts.keep({ parts }));
  },
  ...proven,
});
