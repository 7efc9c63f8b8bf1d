import type { Grant } from '../../access/rbac/bindings.ts';
import type { GrantedRule } from '../../access/rbac/review.ts';
import { command, kubectl, objectWords } from '../../access/shell.ts';
import type { PolicyRule, Subject } from '../../inventory/kubernetes.ts';
import type { Proof } from '../facts/facts.ts';
import { describeRights } from '../facts/rights.ts';
import type { Evidence, Explanation, Fix } from '../model.ts';
import { objectEvidence } from './objects.ts';

export const subjectName = (subject: Subject, scope: string): string =>
  subject.kind === 'ServiceAccount' ? `${subject.namespace || scope}/${subject.name}` : subject.name;

/** Whether the grant is only what somebody could bind, and no binding gives it yet. */
export const isHypothetical = (grant: Grant): boolean => grant.binding.name === '';

/** That the binding names the subject. */
export function bindingEvidence({ binding, subject, subjectIndex, scope }: Grant): Evidence {
  const says = `binds ${subject.kind} ${subjectName(subject, scope)} to ${binding.roleRef.kind} ${binding.roleRef.name}`;
  return objectEvidence(binding.kind, binding, `/subjects/${subjectIndex}`, says);
}

/** The first words of a list, and how many more there are. */
export const listed = (words: readonly string[]): string =>
  words.length > 6 ? `${words.slice(0, 6).join(', ')} and ${words.length - 6} more` : words.join(', ');

/** That the role's rule allows it, in the rule's own words. */
export function ruleEvidence({ grant, rule, ruleIndex }: GrantedRule): Evidence {
  const names = rule.resourceNames.length === 0 ? '' : ` named ${listed(rule.resourceNames)}`;
  const role = grant.role ?? grant.binding.roleRef;
  return objectEvidence(role.kind, role, `/rules/${ruleIndex}`, `allows ${listed(rule.verbs)} on ${listed(rule.resources)}${names}`);
}

/**
 * A JSON patch that takes one subject out of its binding. It tests first that the subject is still the one that was meant: once another one
 * is gone, its place is that of the next, and accounts of several namespaces often share a name.
 */
export function subjectOperations({ subject, subjectIndex }: Pick<Grant, 'subject' | 'subjectIndex'>) {
  const path = `/subjects/${subjectIndex}`;
  return [
    { op: 'test' as const, path: `${path}/name`, value: subject.name },
    ...(subject.namespace ? [{ op: 'test' as const, path: `${path}/namespace`, value: subject.namespace }] : []),
    { op: 'remove' as const, path },
  ];
}

/** A JSON patch that takes rules out of a role, the last first so that places stay what they are; each is tested to be the one that was meant. */
export const ruleOperations = (rules: readonly { readonly rule: PolicyRule; readonly index: number }[]) =>
  rules
    .toSorted((one, other) => other.index - one.index)
    .flatMap(({ rule, index }) => [
      { op: 'test' as const, path: `/rules/${index}/verbs`, value: rule.verbs },
      ...(rule.resources.length === 0 ? [] : [{ op: 'test' as const, path: `/rules/${index}/resources`, value: rule.resources }]),
      { op: 'remove' as const, path: `/rules/${index}` },
    ]);

/** Takes one subject out of a binding. */
export function removeSubject(grant: Grant): string {
  const { binding } = grant;
  const patch = JSON.stringify(subjectOperations(grant));
  return kubectl(binding.namespace, 'patch', ...objectWords(binding.kind, binding.name), '--type=json', '-p', patch);
}

function fixOf(proof: Proof): Fix {
  const weakest = proof.parts.filter(({ rights }) => rights.length > 0).sort((a, b) => a.by.length - b.by.length)[0];
  const grants = [...new Set(weakest?.by.map(({ grant }) => grant) ?? [])].filter((grant) => !isHypothetical(grant));
  if (weakest === undefined || grants.length === 0) return { says: 'take the right to bind this role away' };
  const right = describeRights(weakest.rights);
  const [first] = grants as [Grant, ...Grant[]];
  const role = `${first.binding.roleRef.kind} ${first.binding.roleRef.name}`;
  return {
    says:
      grants.length === 1
        ? `take \`${right}\` out of ${role}, or the subject out of ${first.binding.kind} ${first.binding.name}`
        : `take \`${right}\` away in all of ${grants.length} bindings; closing one of them leaves the others`,
    command: grants.slice(0, 10).map(removeSubject).join(' && \\\n'),
    sideEffect: `the subject loses every other right that ${role} gives it${first.subject.kind === 'Group' ? ', and so does everybody else in the group' : ''}`,
  };
}

/** Evidence and fix for an edge that RBAC rules allow: the binding and the rule of every part. */
export function explainProof(proof: Proof): Explanation {
  const evidence = [
    ...proof.parts.flatMap((part) =>
      part.by.flatMap((by) => [
        ...(isHypothetical(by.grant) ? [] : [bindingEvidence(by.grant)]),
        // A part without rights says that the role is held, whatever is in it.
        ...(part.rights.length === 0 ? [] : [ruleEvidence(by)]),
      ]),
    ),
    ...(proof.also ?? []),
  ];
  const unique = [...new Map(evidence.map((one) => [`${one.kind}/${one.namespace ?? ''}/${one.name}${one.pointer}`, one])).values()];
  return {
    evidence: unique as [Evidence, ...Evidence[]],
    ...(proof.hangsOn === undefined ? {} : { hangsOn: proof.hangsOn }),
    fix: fixOf(proof),
  };
}

/** Deletes a binding outright; for edges that are the binding itself. */
export const deleteBinding = ({ binding }: Grant): string =>
  binding.namespace === undefined
    ? command('kubectl', 'delete', ...objectWords('clusterrolebinding', binding.name))
    : kubectl(binding.namespace, 'delete', ...objectWords('rolebinding', binding.name));
