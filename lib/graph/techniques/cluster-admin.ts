import { MASTERS_GROUP } from '../../access/rbac/subject.ts';
import { NEVER } from '../closing.ts';
import { proven } from '../evidence/proven.ts';
import { wildcardRules } from '../facts/wildcards.ts';
import { defineTechnique } from './technique.ts';

const EVERYTHING = [{ verbs: ['*'], apiGroup: '*', resource: '*' }];
/** The detail of the edge from `system:masters`, which no object gives. */
const MASTERS = -1;

export const clusterAdmin = defineTechnique({
  id: 'cluster-admin',
  title: 'Is cluster admin',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['cluster-admin'],
  action: 'May do anything to everything in the cluster.',
  precondition:
    'A ClusterRoleBinding gives a rule with verbs `*`, apiGroups `*` and resources `*` without names; or the group is `system:masters`, which is never asked.',
  remediation: 'Bind a role with the rules that are needed.',
  coverage: { level: 'partial', misses: 'roles that spell every right out without wildcards; what they allow is found right by right' },
  attck: ['T1078'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles'],
  find(facts, emit) {
    const admin = facts.nodes.clusterAdmin();
    const masters = facts.nodes.intern('group', MASTERS_GROUP);
    for (const subject of facts.subjects.all) {
      const by = wildcardRules(subject).get('');
      if (by !== undefined && subject.node !== masters) emit(subject.node, admin, facts.keep({ parts: [{ rights: EVERYTHING, by }] }));
    }
    emit(masters, admin, MASTERS);
  },
  changes(facts, edge) {
    return edge.detail === MASTERS ? [] : proven.changes(facts, edge);
  },
  closing(facts, edge) {
    return edge.detail === MASTERS ? NEVER : proven.closing(facts, edge);
  },
  fix(facts, edge, change) {
    return edge.detail === MASTERS ? undefined : proven.fix(facts, edge, change);
  },
  explain(facts, edge) {
    if (edge.detail !== MASTERS) return proven.explain(facts, edge);
    return {
      evidence: [{ kind: 'Group', name: MASTERS_GROUP, pointer: '', says: 'the API server lets this group past every authorizer' }],
      fix: { says: 'issue no certificates with this organisation; they cannot be revoked' },
    };
  },
});
