import { type AdmissionRequest, namespaceLabels } from '../../access/admission/matches.ts';
import { type Obstacle, obstaclesTo } from '../../access/admission/obstacles.ts';
import { gkeCluster } from '../../access/gcp/gke-cluster.ts';
import { evaluatePodSecurity, type PodSecurityViolation } from '../../access/pod-security/evaluate.ts';
import { levelLabel, type PodSecurityPolicy, podSecurityPolicyOf } from '../../access/pod-security/level.ts';
import type { StringMap, Workload } from '../../inventory/kubernetes.ts';
import { objectEvidence } from '../evidence/objects.ts';
import type { Evidence } from '../model.ts';
import { EVERYWHERE } from '../node-id.ts';
import type { Facts } from './facts.ts';
import { NEEDED_PODS, type NeededPod } from './needed-pod.ts';
import { admissionOf, keyOfObstacle, obstacleEvidence, obstaclesIn, openQuestions } from './obstacles.ts';
import { resourceOf } from './workload-rights.ts';

export type { NeededPod } from './needed-pod.ts';

/** How a pod that an attacker needs fares in one namespace. */
export interface PodAdmission {
  readonly namespace: string;
  /** `certain`: nothing else is asked that could refuse it; `refused`: Pod Security as labelled does. */
  readonly state: 'certain' | 'conditional' | 'refused';
  /** Of a conditional one: what it hangs on. */
  readonly hangsOn?: string;
  /** The namespace's label or its absence, and what may still say no. Empty for a plain pod that nothing holds up. */
  readonly evidence: readonly Evidence[];
  /** Of a refused one: what Pod Security has against it. */
  readonly violations: readonly PodSecurityViolation[];
}

/** Making a pod, whose labels are its author's to write. */
export const CREATE_POD: AdmissionRequest = { operation: 'CREATE', apiGroup: '', resource: 'pods', ownLabels: true };
/** Adding a container to a pod that is there, with the labels that it has. */
export const ADD_EPHEMERAL: AdmissionRequest = {
  operation: 'UPDATE',
  apiGroup: '',
  resource: 'pods',
  subresource: 'ephemeralcontainers',
  ownLabels: false,
};

const NO_LABELS: StringMap = new Map();

/**
 * Making the pods of controllers that are made, or of those of a namespace that are changed: these keep the labels that the controller's selector,
 * which never changes, takes. It is not read, and all labels of its template may be its. A CronJob has none. Source: apps/v1
 * `DeploymentSpec.Selector` ("must match the pod template's labels").
 */
export function makingPods(facts: Facts, namespace: string, through: readonly AdmissionRequest[]): AdmissionRequest {
  if (through.length === 0 || through.some(({ operation }) => operation !== 'UPDATE')) return CREATE_POD;
  const isChanged = ({ kind, name }: Workload): boolean =>
    through.some((one) => one.resource === resourceOf(kind) && (one.name === undefined || one.name === name));
  const changed = (facts.workloadsByNamespace.get(namespace) ?? []).filter(isChanged);
  return { ...CREATE_POD, keptLabels: changed.map(({ kind, template }) => (kind === 'CronJob' ? NO_LABELS : template.labels)) };
}

const UPDATE_NAMESPACE: AdmissionRequest = {
  operation: 'UPDATE',
  apiGroup: '',
  resource: 'namespaces',
  clusterScoped: true,
  ownLabels: false,
};

/** What the policy of a namespace leaves open about a pod that the strictest level would not let in. */
function policyQuestions(facts: Facts, namespace: string, { policy, sccAllows }: Judged): readonly string[] {
  const { cluster, kubernetes } = facts.inventory;
  const isOpenShift = kubernetes.securityContextConstraints.length > 0;
  const questions: string[] = [];
  if (!facts.namespaces.has(namespace))
    questions.push(`the Pod Security labels of namespace ${namespace}, which was not read, letting it in`);
  // Nobody can give EKS such a file: https://github.com/aws/containers-roadmap/issues/1822. OpenShift enforces privileged without a label:
  // https://docs.openshift.com/en/documentation/openshift_container_platform/4.22/html/authentication_and_authorization/understanding-and-managing-pod-security-admission
  else if (!policy.labelled && cluster.eksClusterArn === undefined && !isOpenShift)
    questions.push("the API server's configuration file enforcing no Pod Security level where a namespace has no label; no API tells");
  if (facts.minorVersion !== undefined && facts.minorVersion < 25) questions.push('PodSecurityPolicies, which are not read, letting it in');
  // https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-security
  if (gkeCluster(facts.inventory)?.autopilot === true)
    questions.push('GKE Autopilot letting it in, which it does for allowlisted partners alone');
  if (isOpenShift && !sccAllows) questions.push('a SecurityContextConstraints that allows it to the author or to a service account there');
  return questions;
}

function labelEvidence(facts: Facts, namespace: string, { level, labelled }: PodSecurityPolicy): readonly Evidence[] {
  const record = facts.namespaces.get(namespace);
  if (record === undefined) return [];
  if (!labelled) {
    const says = 'has no label that enforces a Pod Security level; the built-in default lets everything in';
    return [objectEvidence('Namespace', record, '/metadata/name', says)];
  }
  const says = `enforces the Pod Security level ${level}`;
  return [objectEvidence('Namespace', record, `/metadata/labels/${levelLabel('enforce').replaceAll('/', '~1')}`, says)];
}

/**
 * What the labels of a namespace enforce: below 1.23 nothing, as the plugin is not on.
 * Source: https://kubernetes.io/docs/concepts/security/pod-security-admission/.
 */
export function podSecurityIn(facts: Facts, namespace: string): PodSecurityPolicy {
  const labels = facts.minorVersion !== undefined && facts.minorVersion < 23 ? undefined : facts.namespaces.get(namespace)?.labels;
  return podSecurityPolicyOf(labels ?? NO_LABELS);
}

interface Judged {
  readonly policy: PodSecurityPolicy;
  /** Whether it is known that OpenShift's SecurityContextConstraints let it in. */
  readonly sccAllows: boolean;
  /** What is asked beside Pod Security, where it is not what the namespace as it is says. */
  readonly obstacles?: readonly Obstacle[];
}

/** What is asked of a pod. */
export interface PodQuestion {
  readonly needed: NeededPod;
  /** Undefined: making it. */
  readonly request?: AdmissionRequest;
  /** Whether it is known that OpenShift's SecurityContextConstraints let it in. */
  readonly sccAllows?: boolean;
  /** Requests about a controller that then makes it, of which any one will do; undefined: the pod is made by itself. */
  readonly through?: readonly AdmissionRequest[] | undefined;
  /** Requests beside it in the same namespace, of which any one will do; undefined: none is needed. */
  readonly beside?: readonly AdmissionRequest[] | undefined;
}

/** A pod's way into a namespace: what is asked of the pod, of the controller through which it is made, and beside it. */
interface Entry extends Pick<PodQuestion, 'through' | 'beside'> {
  readonly namespace: string;
  readonly request: AdmissionRequest;
  /** Labels of the namespace, where they are not those that were read. */
  readonly labels?: StringMap;
}

/** What is asked beside what is asked about the pod itself, about the one of some controllers that the fewest are asked about. */
export function controllerObstacles(facts: Facts, namespace: string, through: readonly AdmissionRequest[]): readonly Obstacle[] {
  const ofPod = new Set(obstaclesIn(facts, namespace, CREATE_POD).map(keyOfObstacle));
  return allObstacles(facts, { namespace, request: CREATE_POD, through }).filter((one) => !ofPod.has(keyOfObstacle(one)));
}

/**
 * What is asked about a pod and, where it is made through a controller or takes another request beside it, about the one of those that the fewest
 * others are asked about.
 */
function allObstacles(facts: Facts, { namespace, request, through = [], beside = [], labels }: Entry): readonly Obstacle[] {
  const asked = (one: AdmissionRequest): readonly Obstacle[] =>
    labels === undefined ? obstaclesIn(facts, namespace, one) : obstaclesTo(admissionOf(facts), one, { namespace, labels });
  const ofPod = request === CREATE_POD ? makingPods(facts, namespace, through) : request;
  const found = new Map(asked(ofPod).map((obstacle) => [keyOfObstacle(obstacle), obstacle]));
  for (const requests of [through, beside]) {
    let least: readonly Obstacle[] | undefined;
    for (const one of requests) {
      const more = asked(one).filter((obstacle) => !found.has(keyOfObstacle(obstacle)));
      if (least === undefined || more.length < least.length) least = more;
    }
    for (const obstacle of least ?? []) found.set(keyOfObstacle(obstacle), obstacle);
  }
  return [...found.values()];
}

function judge(
  facts: Facts,
  namespace: string,
  { needed, request = CREATE_POD, through, beside, ...judged }: Omit<PodQuestion, 'sccAllows'> & Judged,
): PodAdmission {
  const { policy } = judged;
  const violations = evaluatePodSecurity({ ...policy, ...NEEDED_PODS[needed], serverMinor: facts.minorVersion });
  const label = needed === 'plain' ? [] : labelEvidence(facts, namespace, podSecurityIn(facts, namespace));
  if (violations.length > 0) return { namespace, state: 'refused', evidence: label, violations };
  const obstacles = judged.obstacles ?? allObstacles(facts, { namespace, request, through, beside });
  const questions = [...(needed === 'plain' ? [] : policyQuestions(facts, namespace, judged)), ...openQuestions(facts, obstacles)];
  const evidence = [...label, ...obstacleEvidence(obstacles)];
  return questions.length === 0
    ? { namespace, state: 'certain', evidence, violations }
    : { namespace, state: 'conditional', hangsOn: questions.join('; '), evidence, violations };
}

const keyOf = ({ needed, request = CREATE_POD, sccAllows = false, through = [], beside = [] }: PodQuestion, where: string): string =>
  `${needed} ${request.operation} ${request.subresource ?? ''} ${sccAllows} ${requestsKey(through)} ${requestsKey(beside)} ${where}`;

/** The same for the same requests. */
export const requestsKey = (requests: readonly AdmissionRequest[]): string =>
  requests.map(({ operation, resource, subresource = '', name = '' }) => `${operation}/${resource}/${subresource}/${name}`).join(',');

const answered = new WeakMap<Facts, Map<string, PodAdmission>>();

/**
 * Whether a namespace lets in the pod that an attacker needs: Pod Security is evaluated as labelled, everything else that is asked is named.
 * What is decided here and what it leaves out: docs/adr/0007-what-stops-a-pod.md. Worked out once for each namespace.
 */
export function podAdmissionIn(facts: Facts, namespace: string, question: PodQuestion): PodAdmission {
  const known = answered.get(facts) ?? new Map<string, PodAdmission>();
  answered.set(facts, known);
  const key = keyOf(question, namespace);
  let admission = known.get(key);
  if (admission === undefined) {
    const { sccAllows = false, ...asked } = question;
    admission = judge(facts, namespace, { ...asked, sccAllows, policy: podSecurityIn(facts, namespace) });
    known.set(key, admission);
  }
  return admission;
}

/**
 * What is asked about writing a namespace's labels anew, and about the pod afterwards. Whoever writes them fails selectors of namespaces too,
 * as those are matched against the labels as written, but for the name, which stays: so either the label of Pod Security alone is
 * changed or all others go with it, whichever fewer are asked about. A selector of objects is matched against the old labels as well.
 * Sources: k8s.io/apiserver pkg/admission/plugin/webhook/predicates/{namespace,object}/matcher.go.
 */
function obstaclesRelabelled(facts: Facts, namespace: string, through: PodQuestion['through']): readonly Obstacle[] {
  const before = facts.namespaces.get(namespace)?.labels;
  const open: [string, string] = [levelLabel('enforce'), 'privileged'];
  const obstaclesWith = (written: StringMap): readonly Obstacle[] => {
    const labels = namespaceLabels(namespace, written);
    const objectLabels = before === undefined ? undefined : [namespaceLabels(namespace, before), labels];
    const relabel = { ...UPDATE_NAMESPACE, ...(objectLabels === undefined ? {} : { objectLabels }) };
    const ofPod = allObstacles(facts, { namespace, request: CREATE_POD, through, labels });
    const met = new Set(ofPod.map(keyOfObstacle));
    const ofLabels = obstaclesTo(admissionOf(facts), relabel, { namespace, labels });
    return [...ofPod, ...ofLabels.filter((obstacle) => !met.has(keyOfObstacle(obstacle)))];
  };
  const one = obstaclesWith(new Map([...(before ?? []), open]));
  const other = obstaclesWith(new Map([open]));
  return other.length < one.length ? other : one;
}

/** The same once its labels have been written anew to let everything in, and whether they can be. */
export function podAdmissionRelabelled(facts: Facts, namespace: string, { needed, through }: PodQuestion): PodAdmission {
  const obstacles = obstaclesRelabelled(facts, namespace, through);
  return judge(facts, namespace, {
    needed,
    sccAllows: false,
    obstacles,
    policy: { level: 'privileged', version: 'latest', labelled: true },
  });
}

/** The same once every webhook and policy that is asked about it has been taken away. */
export const podAdmissionWeakened = (facts: Facts, namespace: string, needed: NeededPod): PodAdmission =>
  judge(facts, namespace, { needed, sccAllows: false, obstacles: [], policy: podSecurityIn(facts, namespace) });

/** The one of some namespaces that lets the pod in most surely, the first of equals; undefined where all refuse it. */
export function podAdmissionAmong(facts: Facts, namespaces: Iterable<string>, question: PodQuestion): PodAdmission | undefined {
  let best: PodAdmission | undefined;
  for (const namespace of namespaces) {
    const admission = podAdmissionIn(facts, namespace, question);
    if (admission.state === 'certain') return admission;
    if (admission.state === 'conditional') best ??= admission;
  }
  return best;
}

const everywhere = new WeakMap<Facts, Map<string, PodAdmission | undefined>>();

/** The same of a scope: a namespace; empty or `*`: all of them, by name. */
export function podAdmission(facts: Facts, scope: string, question: PodQuestion): PodAdmission | undefined {
  if (scope !== '' && scope !== EVERYWHERE) return podAdmissionAmong(facts, [scope], question);
  const known = everywhere.get(facts) ?? new Map<string, PodAdmission | undefined>();
  everywhere.set(facts, known);
  const key = keyOf(question, EVERYWHERE);
  if (!known.has(key)) known.set(key, podAdmissionAmong(facts, facts.everyNamespace, question));
  return known.get(key);
}
