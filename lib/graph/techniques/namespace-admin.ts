import { proven } from '../evidence/proven.ts';
import { everything } from '../facts/everything.ts';
import { wildcardRules } from '../facts/wildcards.ts';
import { defineTechnique } from './technique.ts';

const EVERYTHING = [{ verbs: ['*'], apiGroup: '*', resource: '*' }];

export const namespaceAdmin = defineTechnique({
  id: 'namespace-admin',
  title: 'Is namespace admin',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['namespace-admin'],
  action: 'May do anything to everything in the namespace.',
  precondition: 'A RoleBinding gives a rule with verbs `*`, apiGroups `*` and resources `*` without names.',
  remediation: 'Bind a role with the rules that are needed.',
  coverage: { level: 'partial', misses: 'roles that spell every right out without wildcards; what they allow is found right by right' },
  attck: ['T1078'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles'],
  find(facts, emit) {
    for (const subject of facts.subjects.all) {
      for (const [scope, by] of wildcardRules(subject)) {
        if (scope !== '')
          emit(subject.node, everything(facts, 'namespace-admin', scope), facts.keep({ parts: [{ rights: EVERYTHING, by }] }));
      }
    }
  },
  ...proven,
});
