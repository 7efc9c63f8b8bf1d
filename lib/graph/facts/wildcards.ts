import type { GrantedRule } from '../../access/rbac/review.ts';
import type { PolicyRule } from '../../inventory/kubernetes.ts';
import type { SubjectFacts } from './subjects.ts';

/** Every verb on every resource of every group, without names: the rule that makes an administrator. */
function isEverything(rule: PolicyRule): boolean {
  return rule.verbs.includes('*') && rule.apiGroups.includes('*') && rule.resources.includes('*') && rule.resourceNames.length === 0;
}

/** The subject's own rules that allow everything, by the scope in which they do. */
export function wildcardRules(subject: SubjectFacts): ReadonlyMap<string, readonly GrantedRule[]> {
  const found = new Map<string, GrantedRule[]>();
  for (const grant of subject.own) {
    for (const [ruleIndex, rule] of (grant.role?.rules ?? []).entries()) {
      if (!isEverything(rule)) continue;
      const list = found.get(grant.scope) ?? [];
      list.push({ grant, rule, ruleIndex });
      found.set(grant.scope, list);
    }
  }
  return found;
}
