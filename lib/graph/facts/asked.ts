import type { AdmissionRequest } from '../../access/admission/matches.ts';
import { listObstacles, type Obstacle } from '../../access/admission/obstacles.ts';
import type { Pod, StringMap } from '../../inventory/kubernetes.ts';
import type { Evidence } from '../model.ts';
import type { Facts } from './facts.ts';
import { admissionOf, keyOfObstacle, obstacleEvidence, obstaclesIn, openQuestions, unreadAdmission } from './obstacles.ts';
import { makingPods } from './pod-admission.ts';
import type { Step, Steps } from './steps.ts';
import { CREATE_WORKLOAD } from './workload-rights.ts';

/** The requests behind an edge, as far as admission is asked about them, and where they are made. */
export interface Asking {
  readonly steps: Steps;
  /** Lists that are the same object are the same question. */
  readonly namespaces: readonly string[];
  /** `each`: what is reached lies in all of the namespaces; `any`: whoever asks chooses one. */
  readonly over: 'each' | 'any';
  /** Place of the one pod that the requests are about. */
  readonly pod?: number | undefined;
  /** What would do without the requests, in words. */
  readonly unless?: string;
}

/** What is asked about the requests, in all of the namespaces or in so many of them. */
interface Verdict {
  readonly obstacles: readonly Obstacle[];
  /** Namespaces in which nothing is asked. */
  readonly open: number;
}

const remembered = new WeakMap<Facts, WeakMap<readonly string[], WeakMap<Steps, Map<string, Verdict>>>>();

function memo(facts: Facts, { namespaces, steps }: Asking): Map<string, Verdict> {
  const ofFacts = remembered.get(facts) ?? new WeakMap<readonly string[], WeakMap<Steps, Map<string, Verdict>>>();
  remembered.set(facts, ofFacts);
  const ofNamespaces = ofFacts.get(namespaces) ?? new WeakMap<Steps, Map<string, Verdict>>();
  ofFacts.set(namespaces, ofNamespaces);
  const known = ofNamespaces.get(steps) ?? new Map<string, Verdict>();
  ofNamespaces.set(steps, known);
  return known;
}

/** Whether the cluster has anything that could refuse a request, read or not. */
export function mayRefuse(facts: Facts): boolean {
  const { webhooks, policies, byEngine } = admissionOf(facts);
  return (
    webhooks.length > 0 || policies.length > 0 || byEngine.some(({ refusing }) => refusing.length > 0) || unreadAdmission(facts).length > 0
  );
}

/** Controllers of which each makes pods that are asked about as well. */
const CONTROLLERS = new Set(CREATE_WORKLOAD.flatMap(({ apiGroup, resource }) => (resource === 'pods' ? [] : [`${resource}.${apiGroup}`])));

const labelSets = new WeakMap<Facts, Map<string, readonly StringMap[]>>();

/** Labels of the pods of a namespace that live. */
function labelsIn(facts: Facts, namespace: string): readonly StringMap[] {
  const known = labelSets.get(facts) ?? new Map<string, readonly StringMap[]>();
  labelSets.set(facts, known);
  const { pods } = facts;
  const found =
    known.get(namespace) ??
    (pods.byNamespace.get(namespace) ?? []).filter((place) => pods.live[place] === 1).map((place) => (pods.pods[place] as Pod).labels);
  known.set(namespace, found);
  return found;
}

/** The request with what is known of the object that it is about: the labels and the name of a pod that is there. */
function about(
  facts: Facts,
  request: AdmissionRequest,
  { namespace, pod }: { namespace: string; pod: number | undefined },
): AdmissionRequest {
  if (request.apiGroup !== '' || request.resource !== 'pods' || (request.ownLabels && request.subresource === undefined)) return request;
  const record = pod === undefined ? undefined : (facts.pods.pods[pod] as Pod);
  return {
    ...request,
    ...(record === undefined ? {} : { name: record.name }),
    ...(request.ownLabels ? {} : { objectLabels: record === undefined ? labelsIn(facts, namespace) : [record.labels] }),
  };
}

/** What is asked about one request, and about the pods that come of it. */
function obstaclesOf(facts: Facts, namespace: string, request: AdmissionRequest, pod: number | undefined): readonly Obstacle[] {
  const asked = obstaclesIn(facts, request.clusterScoped === true ? '' : namespace, about(facts, request, { namespace, pod }));
  const isWritten = request.operation === 'CREATE' || request.operation === 'UPDATE';
  const makesPods = isWritten && request.subresource === undefined && CONTROLLERS.has(`${request.resource}.${request.apiGroup}`);
  return makesPods ? [...asked, ...obstaclesIn(facts, namespace, makingPods(facts, namespace, [request]))] : asked;
}

const unique = (obstacles: readonly Obstacle[]): readonly Obstacle[] => [
  ...new Map(obstacles.map((one) => [keyOfObstacle(one), one])).values(),
];

/** Of several requests that will do, what is asked about the one that the fewest are asked about. */
function leastOf(facts: Facts, namespace: string, step: Step, pod: number | undefined): readonly Obstacle[] {
  let least: readonly Obstacle[] | undefined;
  for (const request of step) {
    const found = unique(obstaclesOf(facts, namespace, request, pod));
    if (least === undefined || found.length < least.length) least = found;
    if (least.length === 0) break;
  }
  return least ?? [];
}

function decide(facts: Facts, { steps, namespaces, over, pod }: Asking): Verdict {
  const inOne = (namespace: string): readonly Obstacle[] => unique(steps.flatMap((step) => leastOf(facts, namespace, step, pod)));
  const isElsewhere = steps.every((step) => step.every(({ clusterScoped }) => clusterScoped === true));
  if (isElsewhere || namespaces.length === 0) {
    const obstacles = inOne('');
    return { obstacles, open: obstacles.length === 0 ? namespaces.length : 0 };
  }
  if (over === 'any') {
    let least: readonly Obstacle[] | undefined;
    for (const namespace of namespaces) {
      const found = inOne(namespace);
      if (least === undefined || found.length < least.length) least = found;
      if (least.length === 0) break;
    }
    return { obstacles: least ?? [], open: 0 };
  }
  const met = new Map<string, Obstacle>();
  let open = 0;
  for (const namespace of namespaces) {
    const found = inOne(namespace);
    if (found.length === 0) open += 1;
    for (const one of found) met.set(keyOfObstacle(one), one);
  }
  return { obstacles: [...met.values()], open };
}

/** Worked out once for the same requests in the same namespaces. */
function verdictOf(facts: Facts, asking: Asking): Verdict {
  const known = memo(facts, asking);
  const key = `${asking.over} ${asking.pod ?? ''}`;
  const verdict = known.get(key) ?? decide(facts, asking);
  known.set(key, verdict);
  return verdict;
}

/** Whether something that is asked about the requests may refuse them: one that is there, or that was not read. */
export const isHeldUp = (facts: Facts, asking: Asking): boolean =>
  asking.steps.length > 0 && (unreadAdmission(facts).length > 0 || verdictOf(facts, asking).obstacles.length > 0);

const LETTING = 'letting the request pass';

/** What admission of the requests hangs on, in words, with what may refuse them; undefined: nothing is asked. */
export function heldUpBy(facts: Facts, asking: Asking): { readonly hangsOn: string; readonly evidence: readonly Evidence[] } | undefined {
  if (!isHeldUp(facts, asking)) return undefined;
  const { obstacles, open } = verdictOf(facts, asking);
  const questions = openQuestions(facts, obstacles, LETTING);
  const isMixed = open > 0 && obstacles.length > 0;
  const where = `what is reached being in a namespace where nothing is asked about it (${open} of ${asking.namespaces.length}), or `;
  const words = isMixed ? [`${where}${listObstacles(obstacles)} ${LETTING}: named here, not evaluated`, ...questions.slice(1)] : questions;
  const unless = asking.unless === undefined ? '' : `${asking.unless}, or `;
  return { hangsOn: `${unless}${words.join('; ')}`, evidence: obstacleEvidence(obstacles) };
}
