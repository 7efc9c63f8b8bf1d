import { serviceAccountGroups } from '../../access/rbac/subject.ts';
import { nodeEvidence } from '../evidence/objects.ts';
import { defineTechnique } from './technique.ts';

export const memberOf = defineTechnique({
  id: 'member-of',
  title: 'Is in group',
  class: 'structure',
  walked: true,
  from: ['service-account', 'user'],
  to: ['group'],
  action: 'Has every right of the group.',
  precondition:
    'Every service account is in `system:serviceaccounts`, `system:serviceaccounts:NAMESPACE` and `system:authenticated`; every user but the anonymous one is in `system:authenticated`.',
  remediation: 'Do not bind roles to groups that everybody is in.',
  coverage: { level: 'partial', misses: 'groups that an identity provider or a client certificate gives to people' },
  attck: ['T1069'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens'],
  find({ subjects, nodes, accountsByNamespace }, emit) {
    for (const [namespace, accounts] of accountsByNamespace) {
      const groups = serviceAccountGroups(namespace).map((group) => nodes.intern('group', group));
      for (const account of accounts) for (const group of groups) emit(account, group);
    }
    for (const { node, groups } of subjects.all) {
      if (nodes.kinds[node] === 'user') for (const group of groups) emit(node, nodes.intern('group', group));
    }
  },
  explain({ nodes }, { from, to }) {
    const kind = nodes.kinds[from] === 'user' ? 'User' : 'ServiceAccount';
    return {
      evidence: [
        nodeEvidence(nodes, from, {
          kind,
          pointer: kind === 'User' ? '' : '/metadata/name',
          says: `the API server puts it into group ${nodes.names[to]} when it authenticates`,
        }),
      ],
      fix: { says: 'membership is implicit: take rights away from the group instead' },
    };
  },
});
