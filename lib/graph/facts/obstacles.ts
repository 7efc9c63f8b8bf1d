import { type AdmissionRequest, namespaceLabels } from '../../access/admission/matches.ts';
import {
  type AdmissionIndex,
  admissionIndex,
  FIRST_WITH_POLICIES,
  listObstacles,
  type Obstacle,
  obstaclesTo,
} from '../../access/admission/obstacles.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import { objectEvidence } from '../evidence/objects.ts';
import type { Evidence } from '../model.ts';
import type { Facts } from './facts.ts';

const indexes = new WeakMap<Facts, AdmissionIndex>();

/** Validating admission of the cluster, indexed once. */
export function admissionOf(facts: Facts): AdmissionIndex {
  let index = indexes.get(facts);
  if (index === undefined) {
    index = admissionIndex(facts.inventory.kubernetes, facts.minorVersion);
    indexes.set(facts, index);
  }
  return index;
}

/** What may refuse a request in a namespace, named and not evaluated. */
export function obstaclesIn(facts: Facts, namespace: string, request: AdmissionRequest): readonly Obstacle[] {
  const labels = facts.namespaces.get(namespace)?.labels;
  return obstaclesTo(admissionOf(facts), request, {
    namespace,
    labels: labels === undefined ? labels : namespaceLabels(namespace, labels),
  });
}

/** The same for the same obstacle. */
export const keyOfObstacle = ({ kind, apiGroup, namespace = '', name, says }: Obstacle): string =>
  [kind, apiGroup, namespace, name, says].join('\n');

/** `clusterpolicies.kyverno.io`: a list of policies that may refuse, by its group. */
const OF_ENGINE = /\.(?:kyverno\.io|policies\.kyverno\.io|constraints\.gatekeeper\.sh|policies\.kubewarden\.io)$/;

const unreadLists = new WeakMap<Facts, readonly string[]>();

/** Lists that could hold obstacles and were not read. */
export function unreadAdmission(facts: Facts): readonly string[] {
  const known = unreadLists.get(facts);
  if (known !== undefined) return known;
  const { inventory, minorVersion = FIRST_WITH_POLICIES } = facts;
  const ofEngines = inventory.gaps.flatMap(({ what, resources = [] }) => [what, ...resources]).filter((one) => OF_ENGINE.test(one));
  const policies = minorVersion < FIRST_WITH_POLICIES ? [] : ['validatingadmissionpolicies', 'validatingadmissionpolicybindings'];
  const found = [
    ...['validatingwebhookconfigurations', ...policies].filter((list) => isUnread(inventory, list)),
    ...new Set(ofEngines.filter((list) => !list.startsWith('policyexceptions.'))),
  ];
  unreadLists.set(facts, found);
  return found;
}

/** `a, b and c` */
const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** What obstacles and lists that were not read leave open, in words: that they let `it` in, or what else is said to be let. */
export const openQuestions = (facts: Facts, obstacles: readonly Obstacle[], letting = 'letting it in'): readonly string[] => [
  ...(obstacles.length === 0 ? [] : [`${listObstacles(obstacles)} ${letting}: named here, not evaluated`]),
  ...(unreadAdmission(facts).length === 0 ? [] : [`${inWords(unreadAdmission(facts))}, which could not be read, ${letting}`]),
];

/** Evidence that names the first obstacles. */
export const obstacleEvidence = (obstacles: readonly Obstacle[]): readonly Evidence[] =>
  obstacles.slice(0, 3).map((one) => objectEvidence(one.kind, one, '/metadata/name', `${one.says} is asked about it, and may refuse it`));
