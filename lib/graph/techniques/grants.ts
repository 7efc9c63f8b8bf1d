import { roleOf } from '../../access/rbac/bindings.ts';
import { kubectl, objectWords } from '../../access/shell.ts';
import type { Binding, Role } from '../../inventory/kubernetes.ts';
import { deletionOf } from '../evidence/grant-closing.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { defineTechnique } from './technique.ts';

export const grants = defineTechnique({
  id: 'grants',
  title: 'Gives role',
  class: 'structure',
  walked: true,
  from: ['role-binding', 'cluster-role-binding'],
  to: ['role', 'cluster-role'],
  action:
    "Gives the rules of the role to the subjects of the binding, within the binding's namespace or, for a cluster role binding, everywhere.",
  precondition: "`roleRef` names the role; a Role is looked for in the binding's namespace, and it exists.",
  remediation: 'Bind a role with fewer rules, or delete the binding.',
  coverage: { level: 'full' },
  attck: ['T1069'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
  find({ inventory, subjects, nodes }, emit) {
    const roleNode = (role: Role): number => nodes.intern(role.kind === 'Role' ? 'role' : 'cluster-role', role.name, role.namespace, role);
    // Roles that nobody is bound to are nodes as well: people look them up.
    for (const role of inventory.kubernetes.roles) roleNode(role);
    for (const binding of inventory.kubernetes.bindings) {
      const kind = binding.namespace === undefined ? 'cluster-role-binding' : 'role-binding';
      const node = nodes.intern(kind, binding.name, binding.namespace, binding);
      const role = roleOf(binding, subjects.rbac.roles);
      if (role !== undefined) emit(node, roleNode(role));
    }
  },
  closing({ nodes }, { from }) {
    return { change: deletionOf(nodes.records[from] as Binding) };
  },
  explain({ nodes }, { from, to }) {
    const binding = nodes.records[from] as Binding;
    return {
      evidence: [objectEvidence(binding.kind, binding, '/roleRef', `gives ${binding.roleRef.kind} ${nodes.names[to]}`)],
      fix: {
        says: 'delete the binding',
        command: kubectl(binding.namespace, 'delete', ...objectWords(binding.kind, binding.name)),
        sideEffect: `${binding.subjects.length} ${binding.subjects.length === 1 ? 'subject loses' : 'subjects lose'} the role`,
      },
    };
  },
});
