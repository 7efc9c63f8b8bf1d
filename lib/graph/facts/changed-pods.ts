import type { AdmissionRequest } from '../../access/admission/matches.ts';
import { evaluatePodSecurity } from '../../access/pod-security/evaluate.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { EVERYWHERE } from '../node-id.ts';
import type { Facts } from './facts.ts';
import { eachChangeablePod, isMirrorPod } from './mirror-pods.ts';
import { podAdmission, podSecurityIn } from './pod-admission.ts';
import { type AuthorEdge, type AuthorReach, reachBy } from './pod-author.ts';
import { proofOf } from './rbac-edges.ts';
import type { AnyOf } from './rights.ts';

/** Whether Pod Security as labelled lets a pod that is there be changed: a new image or debug container has it judged anew, all of it. */
const isLet = (facts: Facts, { namespace, spec, annotations }: Pod): boolean =>
  evaluatePodSecurity({ ...podSecurityIn(facts, namespace), spec, annotations, serverMinor: facts.minorVersion }).length === 0;

interface Counted {
  readonly all: number;
  readonly refused: number;
}

const remembered = new WeakMap<Facts, Map<string, Counted>>();

/** Running pods of a namespace that a change of their object changes, and how many of them Pod Security keeps as they are. */
function countedIn(facts: Facts, namespace: string): Counted {
  const known = remembered.get(facts) ?? new Map<string, Counted>();
  remembered.set(facts, known);
  let counted = known.get(namespace);
  if (counted === undefined) {
    const pods = (facts.pods.byNamespace.get(namespace) ?? [])
      .filter((place) => facts.pods.live[place] === 1)
      .map((place) => facts.pods.pods[place] as Pod)
      .filter((pod) => !isMirrorPod(pod));
    const isOpen = podSecurityIn(facts, namespace).level === 'privileged';
    counted = { all: pods.length, refused: isOpen ? 0 : pods.filter((pod) => !isLet(facts, pod)).length };
    known.set(namespace, counted);
  }
  return counted;
}

/** What Pod Security has against changing these pods: undefined where it refuses the change of every one, else in words, if anything. */
function questionsOf(facts: Facts, target: number, scope: string): readonly string[] | undefined {
  const place = facts.pods.placeOf.get(target);
  if (place !== undefined) return isLet(facts, facts.pods.pods[place] as Pod) ? [] : undefined;
  if (scope === '' || scope === EVERYWHERE) return [];
  const { all, refused } = countedIn(facts, scope);
  if (refused === 0) return [];
  if (refused === all) return undefined;
  return [`the pod being none of the ${refused} of ${all} that Pod Security as labelled would refuse as they are`];
}

/** How a change of pods fares at admission; undefined: Pod Security refuses it. */
function reachOf(facts: Facts, target: number, request: AdmissionRequest): AuthorReach | undefined {
  const scope = facts.nodes.namespaces[target] as string;
  const questions = questionsOf(facts, target, scope);
  const admission = podAdmission(facts, scope, { needed: 'plain', request });
  if (questions === undefined || admission === undefined) return undefined;
  const reached = reachBy(target, admission);
  const hangsOn = [...questions, ...(reached.hangsOn === undefined ? [] : [reached.hangsOn])];
  return hangsOn.length === 0 ? reached : { ...reached, certainty: 'conditional', hangsOn: hangsOn.join('; ') };
}

/**
 * An edge from everybody who holds a right to every pod that the request changes: conditional where admission is asked about the request, none where
 * Pod Security as labelled refuses the pod itself, which it judges whole whenever an image changes or a container comes.
 * Source: k8s.io/pod-security-admission/admission/admission.go (`ValidatePod`, `isSignificantPodUpdate`).
 */
export function changedPods(facts: Facts, rights: AnyOf, request: AdmissionRequest): readonly AuthorEdge[] {
  const edges: AuthorEdge[] = [];
  const known = new Map<number, AuthorReach | undefined>();
  eachChangeablePod(facts, rights, ({ node }, target, detail) => {
    if (!known.has(target)) known.set(target, reachOf(facts, target, request));
    const reached = known.get(target);
    if (reached === undefined) return;
    const { target: to, ...how } = reached;
    edges.push({ from: node, to, parts: proofOf(facts, detail).parts, ...how });
  });
  return edges;
}
