import { evaluatePodSecurity } from '../../access/pod-security/evaluate.ts';
import type { Pod, PodSpec } from '../../inventory/kubernetes.ts';
import type { Facts } from './facts.ts';
import { eachChangeablePod, isMirrorPod } from './mirror-pods.ts';
import { podSecurityIn } from './pod-admission.ts';
import type { AuthorEdge } from './pod-author.ts';
import { proofOf } from './rbac-edges.ts';
import type { AnyOf } from './rights.ts';
import { isEverywhere } from './scopes.ts';

/** Whether Pod Security as labelled lets a pod that is there be changed: a new image or debug container has it judged anew, all of it. */
const isLet = (facts: Facts, { namespace, spec, annotations }: Pod): boolean =>
  evaluatePodSecurity({ ...podSecurityIn(facts, namespace), spec, annotations, serverMinor: facts.minorVersion }).length === 0;

/** Annotations that Pod Security looks at; copies of one template seldom have any, and are judged once. */
const JUDGED = /^(?:seccomp\.security\.alpha|container\.(?:seccomp\.security\.alpha|apparmor\.security\.beta))\./;

/** How many of the pods of one namespace are not let be changed. */
function refusedOf(facts: Facts, pods: readonly Pod[]): number {
  const known = new Map<PodSpec, boolean>();
  return pods.filter((pod) => {
    if ([...pod.annotations.keys()].some((key) => JUDGED.test(key))) return !isLet(facts, pod);
    const isRefused = known.get(pod.spec) ?? !isLet(facts, pod);
    known.set(pod.spec, isRefused);
    return isRefused;
  }).length;
}

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
    counted = { all: pods.length, refused: isOpen ? 0 : refusedOf(facts, pods) };
    known.set(namespace, counted);
  }
  return counted;
}

/** The same of a scope: a namespace; empty or `*`: all of them. */
function countedOver(facts: Facts, scope: string): Counted {
  if (!isEverywhere(scope)) return countedIn(facts, scope);
  const counts = [...facts.pods.byNamespace.keys()].map((namespace) => countedIn(facts, namespace));
  return { all: counts.reduce((sum, { all }) => sum + all, 0), refused: counts.reduce((sum, { refused }) => sum + refused, 0) };
}

/** What Pod Security has against changing these pods: undefined where it refuses the change of every one, else in words, if anything. */
function questionOf(facts: Facts, target: number): { readonly hangsOn?: string } | undefined {
  const place = facts.pods.placeOf.get(target);
  if (place !== undefined) return isLet(facts, facts.pods.pods[place] as Pod) ? {} : undefined;
  const { all, refused } = countedOver(facts, facts.nodes.namespaces[target] as string);
  if (refused === 0) return {};
  if (refused === all) return undefined;
  return { hangsOn: `the pod being none of the ${refused} of ${all} that Pod Security as labelled would refuse as they are` };
}

/**
 * An edge from everybody who holds a right to every pod that the request changes: none where Pod Security as labelled refuses the pod itself,
 * which it judges whole whenever an image changes or a container comes. What else is asked, the technique asks by its proof.
 * Source: k8s.io/pod-security-admission/admission/admission.go (`ValidatePod`, `isSignificantPodUpdate`).
 */
export function changedPods(facts: Facts, rights: AnyOf): readonly AuthorEdge[] {
  const edges: AuthorEdge[] = [];
  const known = new Map<number, ReturnType<typeof questionOf>>();
  eachChangeablePod(facts, rights, ({ node }, target, detail) => {
    if (!known.has(target)) known.set(target, questionOf(facts, target));
    const question = known.get(target);
    if (question === undefined) return;
    const certainty = question.hangsOn === undefined ? 'certain' : 'conditional';
    edges.push({ from: node, to: target, parts: proofOf(facts, detail).parts, certainty, ...question, evidence: [] });
  });
  return edges;
}
