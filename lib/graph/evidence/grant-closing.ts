import type { Grant } from '../../access/rbac/bindings.ts';
import type { GrantedRule } from '../../access/rbac/review.ts';
import { kubectl, objectWords } from '../../access/shell.ts';
import type { Binding, Role } from '../../inventory/kubernetes.ts';
import { allOf, anyChange, anyOf, type Closing, NEVER } from '../closing.ts';
import type { Proof } from '../facts/facts.ts';
import type { Part } from '../facts/rights.ts';
import type { Fix } from '../model.ts';
import { deleteBinding, isHypothetical, listed, removeSubject, ruleOperations, subjectName } from './grant.ts';

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
  const patch = JSON.stringify(ruleOperations([{ rule, index: ruleIndex }]));
  return {
    says: `drop rule ${ruleIndex} (${listed(rule.verbs)} on ${listed(rule.resources)}) from ${role.kind} ${role.name}, or put what is needed of it into a narrower one`,
    command: kubectl(role.namespace, 'patch', ...objectWords(role.kind, role.name), '--type=json', '-p', patch),
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

/** Taking one subject out of one binding closes the edge where a part of the proof rests on that grant alone. */
export function changesOf(proof: Proof): readonly string[] {
  const keys = proof.parts.flatMap(({ by }) => {
    const grants = new Set(by.map(({ grant }) => grant));
    const [only] = grants;
    return grants.size === 1 && only !== undefined && !isHypothetical(only) ? [subjectChange(only)] : [];
  });
  return [...new Set(keys)];
}
