import { roleOf } from '../../access/rbac/bindings.ts';
import { objectEvidence } from '../../graph/evidence/objects.ts';
import { deletion, fixBy } from '../finding-facts/fix-steps.ts';
import { rbacTarget } from '../finding-facts/patches.ts';
import { bindings } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { counted } from '../finding-facts/words.ts';
import { defineFinding } from './finding.ts';

export const danglingBinding = defineFinding({
  id: 'dangling-binding',
  title: 'Bindings refer to roles that do not exist',
  severity: 'low',
  class: 'hygiene',
  why: 'The binding gives nothing today. Whoever makes a role of that name later gives its rules to subjects that he does not see.',
  remediation: 'Delete the binding, or make the role that is meant.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding'],
  prevention: noPolicy(
    'a role may be deleted after it was bound, and tools apply bindings before roles; look for it again and again instead',
  ),
  population: bindings,
  *find(world) {
    const { kubernetes } = world.inventory;
    for (const binding of kubernetes.bindings) {
      const { roleRef, subjects, kind, namespace, name } = binding;
      // Where roles of the kind could not be read, that one is missing says nothing.
      if (subjects.length === 0 || roleOf(binding, world.rbac.roles) !== undefined || !world.knowsAll(roleRef.kind)) continue;
      yield {
        subject: { kind, ...(namespace === undefined ? {} : { namespace }), name },
        whyHere: `${roleRef.kind} ${roleRef.name} is not there; ${counted(subjects.length, 'subject waits', 'subjects wait')} for it`,
        evidence: [objectEvidence(kind, binding, '/roleRef', `refers to ${roleRef.kind} ${roleRef.name}, which does not exist`)],
        fix: fixBy(`delete ${kind} ${name}`, [deletion(rbacTarget(binding))]),
      };
    }
  },
});
