import { objectEvidence } from '../../graph/evidence/objects.ts';
import { deletion, fixBy } from '../finding-facts/fix-steps.ts';
import { rbacTarget } from '../finding-facts/patches.ts';
import { roles } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { bindingsByRole, isStockRole } from '../finding-facts/stock-rbac.ts';
import { counted } from '../finding-facts/words.ts';
import { defineFinding } from './finding.ts';

/** Labels by which roles are put into `admin`, `edit` and `view`, and into roles of one's own. Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles */
const AGGREGATED = 'rbac.authorization.k8s.io/aggregate-';

export const unusedRole = defineFinding({
  id: 'unused-role',
  title: 'Roles that nothing binds',
  severity: 'low',
  class: 'hygiene',
  why: 'A role that nobody holds is left over from something, and whoever may write bindings can pick it up.',
  remediation: 'Delete the role, if nothing makes bindings of it later.',
  misses: 'tools that bind the role from time to time, as operators do for their users',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review'],
  prevention: noPolicy('a role is always there before its binding; look for it again and again instead'),
  population: roles,
  *find(world) {
    const { kubernetes } = world.inventory;
    // A Role is bound by RoleBindings alone, a ClusterRole by both; where they could not be read, that there is none says nothing.
    if (!world.knowsAll('RoleBinding')) return;
    const knowsAll = world.knowsAll('ClusterRoleBinding');
    const bound = bindingsByRole(kubernetes.bindings, world.rbac.roles);
    const collected = kubernetes.roles.flatMap(({ aggregation = [] }) => aggregation.flatMap(({ matchLabels }) => [...matchLabels]));
    const wanted = new Set(collected.map(([key, value]) => `${key}=${value}`));
    for (const role of kubernetes.roles) {
      if (bound.has(role) || isStockRole(role) || (role.kind === 'ClusterRole' && !knowsAll)) continue;
      const labels = [...role.labels];
      if (labels.some(([key, value]) => key.startsWith(AGGREGATED) || wanted.has(`${key}=${value}`))) continue;
      const { kind, namespace, name, rules } = role;
      yield {
        subject: { kind, ...(namespace === undefined ? {} : { namespace }), name },
        whyHere: `no binding gives it to anybody; it has ${counted(rules.length, 'rule')}`,
        evidence: [objectEvidence(kind, role, '/metadata/name', 'no binding refers to it')],
        fix: fixBy(`delete ${kind} ${name}`, [deletion(rbacTarget(role))]),
      };
    }
  },
});
