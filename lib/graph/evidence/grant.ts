import type { Grant } from '../../access/rbac/bindings.ts';
import type { GrantedRule } from '../../access/rbac/review.ts';
import type { Binding, Role, Subject } from '../../inventory/kubernetes.ts';
import { allOf, anyChange, anyOf, type Closing, NEVER } from '../closing.ts';
import type { Proof } from '../facts/facts.ts';
import { describeRights, type Part } from '../facts/rights.ts';
import type { Evidence, Explanation, Fix } from '../model.ts';
import { objectEvidence } from './objects.ts';
import { command, kubectl } from './shell.ts';

const subjectName = (subject: Subject, scope: string): string =>
  subject.kind === 'ServiceAccount' ? `${subject.namespace || scope}/${subject.name}` : subject.name;

/** Whether the grant is only what somebody could bind, and no binding gives it yet. */
const isHypothetical = (grant: Grant): boolean => grant.binding.name === '';

/** That the binding names the subject. */
export function bindingEvidence({ binding, subject, subjectIndex, scope }: Grant): Evidence {
  const says = `binds ${subject.kind} ${subjectName(subject, scope)} to ${binding.roleRef.kind} ${binding.roleRef.name}`;
  return objectEvidence(binding.kind, binding, `/subjects/${subjectIndex}`, says);
}

const listed = (words: readonly string[]): string =>
  words.length > 6 ? `${words.slice(0, 6).join(', ')} and ${words.length - 6} more` : words.join(', ');

/** That the role's rule allows it, in the rule's own words. */
export function ruleEvidence({ grant, rule, ruleIndex }: GrantedRule): Evidence {
  const names = rule.resourceNames.length === 0 ? '' : ` named ${listed(rule.resourceNames)}`;
  const role = grant.role ?? grant.binding.roleRef;
  return objectEvidence(role.kind, role, `/rules/${ruleIndex}`, `allows ${listed(rule.verbs)} on ${listed(rule.resources)}${names}`);
}

/** Takes one subject out of a binding; tests first that it is still the one that was meant. */
function removeSubject({ binding, subject, subjectIndex }: Grant): string {
  const path = `/subjects/${subjectIndex}`;
  const patch = JSON.stringify([
    { op: 'test', path: `${path}/name`, value: subject.name },
    { op: 'remove', path },
  ]);
  return kubectl(binding.namespace, 'patch', binding.kind.toLowerCase(), binding.name, '--type=json', '-p', patch);
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
  const evidence = proof.parts.flatMap((part) =>
    part.by.flatMap((by) => [
      ...(isHypothetical(by.grant) ? [] : [bindingEvidence(by.grant)]),
      // A part without rights says that the role is held, whatever is in it.
      ...(part.rights.length === 0 ? [] : [ruleEvidence(by)]),
    ]),
  );
  const unique = [...new Map(evidence.map((one) => [`${one.kind}/${one.namespace ?? ''}/${one.name}${one.pointer}`, one])).values()];
  return {
    evidence: unique as [Evidence, ...Evidence[]],
    ...(proof.hangsOn === undefined ? {} : { hangsOn: proof.hangsOn }),
    fix: fixOf(proof),
  };
}

/** Taking one subject out of one binding closes the edge where a part of the proof rests on that grant alone. */
export function changesOf(proof: Proof): readonly string[] {
  const keys = proof.parts.flatMap(({ by }) => {
    const grants = new Set(by.map(({ grant }) => grant));
    const [only] = grants;
    return grants.size === 1 && only !== undefined && !isHypothetical(only) ? [subjectChange(only)] : [];
  });
  return [...new Set(keys)];
}

const objectKey = ({ kind, namespace, name }: { readonly kind: string; readonly namespace?: string; readonly name: string }): string =>
  `${kind}/${namespace ?? ''}/${name}`;

const subjectChange = ({ binding, subjectIndex }: Grant): string => `${objectKey(binding)}/subjects/${subjectIndex}`;
const ruleChange = ({ grant: { role }, ruleIndex }: GrantedRule): string =>
  `${role === undefined ? '' : objectKey(role)}/rules/${ruleIndex}`;

/** The key of deleting a binding. */
export const deletionOf = (binding: Binding): string => `delete ${objectKey(binding)}`;

/**
 * Whether an edit of the role's rules stays: the controller manager writes the rules of aggregated roles anew, and the API server those of its
 * default roles when it starts. Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#auto-reconciliation.
 */
const keepsEdits = ({ kind, name, aggregation, labels }: Role): boolean =>
  aggregation === undefined &&
  labels.get('kubernetes.io/bootstrapping') !== 'rbac-defaults' &&
  !(kind === 'ClusterRole' && (DEFAULT_ROLES.has(name) || name.startsWith('system:')));

/** Default roles whose name has no prefix. Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles. */
const DEFAULT_ROLES = new Set(['cluster-admin', 'admin', 'edit', 'view']);

/** Taking the subject out of the binding and deleting the binding both end a grant; nothing ends one that is not there yet. */
export const closingOfGrant = (grant: Grant): Closing =>
  isHypothetical(grant) ? NEVER : anyChange([subjectChange(grant), deletionOf(grant.binding)]);

/** A part is closed where every rule that gives it is dropped from its role, or no longer granted. */
function closingOfPart({ rights, by }: Part): Closing {
  return allOf(
    by.map((one): Closing => {
      const { role } = one.grant;
      // A part without rights says that the role is held, whatever is in it.
      const droppable = rights.length > 0 && role !== undefined && keepsEdits(role);
      return anyOf([closingOfGrant(one.grant), ...(droppable ? [{ change: ruleChange(one) }] : [])]);
    }),
  );
}

const closings = new WeakMap<Proof, Closing>();

/** Everything that closes an edge with this proof: any one of its parts has to go, with everybody who gives it. */
export function closingOfProof(proof: Proof): Closing {
  let closing = closings.get(proof);
  if (closing === undefined) {
    closing = anyOf(proof.parts.map(closingOfPart));
    closings.set(proof, closing);
  }
  return closing;
}

const RESTORED = 'the API server puts it back when it starts, unless the annotation rbac.authorization.kubernetes.io/autoupdate is "false"';

/** Default bindings, which the API server keeps as they are. Source: as for `keepsEdits`. */
const isDefault = ({ kind, name }: Binding): boolean =>
  kind === 'ClusterRoleBinding' && (name === 'cluster-admin' || name.startsWith('system:'));

function fixOfGrant(grant: Grant, change: string): Fix | undefined {
  const { binding, subject } = grant;
  if (isHypothetical(grant)) return undefined;
  const role = `${binding.roleRef.kind} ${binding.roleRef.name}`;
  const restored = isDefault(binding) ? `; ${RESTORED}` : '';
  if (change === subjectChange(grant)) {
    return {
      says: `take ${subject.kind} ${subjectName(subject, grant.scope)} out of ${binding.kind} ${binding.name}`,
      command: removeSubject(grant),
      sideEffect: `it loses every right that ${role} gives it through this binding${restored}`,
    };
  }
  if (change !== deletionOf(binding)) return undefined;
  const { length } = binding.subjects;
  return {
    says: `delete ${binding.kind} ${binding.name}`,
    command: deleteBinding(grant),
    sideEffect: `${length === 1 ? 'its subject loses' : `all of its ${length} subjects lose`} ${role}${restored}`,
  };
}

function fixOfRule({ grant: { role }, ruleIndex, rule }: GrantedRule): Fix | undefined {
  if (role === undefined) return undefined;
  const path = `/rules/${ruleIndex}`;
  const patch = JSON.stringify([
    { op: 'test', path: `${path}/verbs`, value: rule.verbs },
    { op: 'remove', path },
  ]);
  return {
    says: `drop rule ${ruleIndex} (${listed(rule.verbs)} on ${listed(rule.resources)}) from ${role.kind} ${role.name}, or put what is needed of it into a narrower one`,
    command: kubectl(role.namespace, 'patch', role.kind.toLowerCase(), role.name, '--type=json', '-p', patch),
    sideEffect: 'everybody whom a binding gives the role loses what the rule allows',
  };
}

/** How to make one change of those that end the grants; undefined where none of the grants knows it. */
export function fixOfGrants(grants: readonly Grant[], change: string): Fix | undefined {
  for (const grant of grants) {
    const fix = fixOfGrant(grant, change);
    if (fix !== undefined) return fix;
  }
  return undefined;
}

/** How to make one change of those that `closingOfProof` names. */
export function fixOfProof(proof: Proof, change: string): Fix | undefined {
  const given = proof.parts.flatMap(({ by }) => by);
  const rule = given.find((one) => ruleChange(one) === change);
  return rule === undefined
    ? fixOfGrants(
        given.map(({ grant }) => grant),
        change,
      )
    : fixOfRule(rule);
}

/** Deletes a binding outright; for edges that are the binding itself. */
export const deleteBinding = ({ binding }: Grant): string =>
  binding.namespace === undefined
    ? command('kubectl', 'delete', 'clusterrolebinding', binding.name)
    : kubectl(binding.namespace, 'delete', 'rolebinding', binding.name);
