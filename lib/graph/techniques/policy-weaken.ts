import type { Obstacle } from '../../access/admission/obstacles.ts';
import { proven } from '../evidence/proven.ts';
import { askingBesidePods } from '../facts/asking.ts';
import { everything } from '../facts/everything.ts';
import type { Facts, Proof } from '../facts/facts.ts';
import { type Guard, guardsIn } from '../facts/guards.ts';
import { obstacleEvidence, openQuestions } from '../facts/obstacles.ts';
import { type Passage, passageOf, weakenerOf } from '../facts/passage.ts';
import { controllerObstacles, type PodAdmission, podAdmissionIn, podAdmissionWeakened } from '../facts/pod-admission.ts';
import { mayHaveNodes } from '../facts/pod-author.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import { type AnyOf, type Holding, holdings } from '../facts/rights.ts';
import { isEverywhere } from '../facts/scopes.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import { CREATE_WORKLOAD, makingRequests } from '../facts/workload-rights.ts';
import { defineTechnique } from './technique.ts';

/** A namespace in which something may refuse a privileged pod and Pod Security does not. */
interface Guarded {
  readonly namespace: string;
  readonly guards: readonly Guard[];
  /** How the pod fares there once the guards are gone. */
  readonly after: PodAdmission;
}

/** Guarded namespaces by name, those in which nothing is left open first; of those with the same guards the first stands for all. */
function guardedNamespaces(facts: Facts): ReadonlyMap<string, Guarded> {
  const found: Guarded[] = [];
  for (const namespace of facts.everyNamespace) {
    const guards = guardsIn(facts, namespace);
    if (guards.length === 0 || podAdmissionIn(facts, namespace, { needed: 'privileged' }).state !== 'conditional') continue;
    found.push({ namespace, guards, after: podAdmissionWeakened(facts, namespace, 'privileged') });
  }
  found.sort((one, other) => Number(one.after.state !== 'certain') - Number(other.after.state !== 'certain'));
  return new Map(found.map((one) => [one.namespace, one]));
}

/** One namespace for each list of guards: for somebody who makes pods everywhere the others say nothing more. */
function representatives(guarded: ReadonlyMap<string, Guarded>): readonly Guarded[] {
  const byGuards = new Map<readonly Guard[], Guarded>();
  for (const one of guarded.values()) if (!byGuards.has(one.guards)) byGuards.set(one.guards, one);
  return [...byGuards.values()];
}

interface Found {
  readonly where: Guarded;
  readonly passage: Passage;
  readonly create: Holding;
  /** What is asked about the controllers that are all that it makes, and stays. */
  readonly left: readonly Obstacle[];
}

const isSure = ({ where, passage, left }: Found): boolean =>
  passage.hangsOn.length === 0 && where.after.state === 'certain' && left.length === 0;

function proofFor(facts: Facts, { where, passage, create, left }: Found): Proof {
  const { guards, after } = where;
  const open = [
    ...passage.hangsOn,
    ...(after.hangsOn === undefined ? [] : [after.hangsOn]),
    ...(left.length === 0 ? [] : openQuestions(facts, left)),
  ];
  return {
    parts: [{ rights: CREATE_WORKLOAD, by: create.by }, ...passage.parts],
    also: [...obstacleEvidence([...guards.flatMap(({ obstacles }) => obstacles), ...left]), ...after.evidence],
    ...(open.length === 0 ? {} : { hangsOn: open.join('; ') }),
  };
}

interface World {
  readonly guarded: ReadonlyMap<string, Guarded>;
  readonly everywhere: readonly Guarded[];
  /** Rights of which whoever gets past a guard needs one. */
  readonly rights: readonly AnyOf[];
}

/** The surest way of a subject over all namespaces in which it makes pods; undefined: a guard stays in each of them. */
function wayOf(facts: Facts, subject: SubjectFacts, { guarded, everywhere, rights }: World): Found | undefined {
  const grants = facts.subjects.effective(subject);
  const creates = holdings(grants, CREATE_WORKLOAD);
  const weakener = weakenerOf(grants);
  if (creates.length === 0 || rights.every((one) => weakener.held(one).length === 0)) return undefined;
  const own = new Set(subject.own);
  const isOwn = ({ by }: { readonly by: Holding['by'] }): boolean => by.some(({ grant }) => own.has(grant));
  let best: Found | undefined;
  for (const create of creates) {
    const here = guarded.get(create.scope);
    for (const where of isEverywhere(create.scope) ? everywhere : here === undefined ? [] : [here]) {
      const passage = passageOf(weakener, where.guards);
      // What groups alone give is an edge of the group.
      if (passage === undefined || ![create, ...passage.parts].some(isOwn)) continue;
      const left = controllerObstacles(facts, where.namespace, makingRequests(create.by) ?? []);
      const found = { where, passage, create, left };
      if (isSure(found)) return found;
      best ??= found;
    }
  }
  return best;
}

function worldOf(facts: Facts): World {
  const guarded = guardedNamespaces(facts);
  const everywhere = representatives(guarded);
  const ways = everywhere.flatMap(({ guards }) => guards.flatMap((guard) => guard.ways));
  return { guarded, everywhere, rights: [...new Set(ways.flatMap(({ weakenings }) => weakenings.map(({ rights }) => rights)))] };
}

export const policyWeaken = defineTechnique({
  id: 'policy-weaken',
  title: 'Takes away what refuses its pod',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-nodes'],
  action: 'Changes or deletes the webhook or policy that may refuse a privileged pod, and then makes one.',
  precondition:
    '`update`, `patch`, `delete` or `deletecollection` on every webhook configuration, admission policy (or its bindings) and engine policy that is asked about pods of a namespace, the right to make pods there, and Pod Security as labelled not refusing a privileged one.',
  remediation: 'Leave what guards pods to those who are cluster administrators anyway, and enforce Pod Security by labels as well.',
  coverage: {
    level: 'partial',
    misses:
      'weakening by taking the engine down (its pods, its configuration), by relabelling the namespace or by parameters of policies; whether the policy would refuse the pod at all',
  },
  attck: ['T1562', 'T1610'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
    'https://kyverno.io/docs/exceptions/',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks',
  ],
  find(facts, emit) {
    if (!mayHaveNodes(facts)) return;
    const world = worldOf(facts);
    if (world.rights.length === 0) return;
    const target = everything(facts, 'all-nodes', '');
    for (const subject of facts.subjects.all) {
      const found = subject.own.length === 0 ? undefined : wayOf(facts, subject, world);
      if (found === undefined) continue;
      const proof = proofFor(facts, found);
      emit(subject.node, target, facts.keep(proof), proof.hangsOn === undefined ? 'certain' : 'conditional');
    }
  },
  ...proven,
  asks: (facts, { detail }) => askingBesidePods(facts, proofOf(facts, detail).parts),
});
