import type { Pod } from '../../inventory/kubernetes.ts';
import { EVERYWHERE } from '../node-id.ts';
import { everything } from './everything.ts';
import type { Facts } from './facts.ts';
import { isMirrorPod } from './mirror-pods.ts';
import { ADD_EPHEMERAL, podAdmission, podAdmissionIn } from './pod-admission.ts';
import { type AuthorReach, reachBy } from './pod-author.ts';

const QUESTION = { needed: 'privileged', request: ADD_EPHEMERAL } as const;

/** Whether a debug container that is privileged has the node: static pods take none, and in a user namespace it has nothing of the node. */
const opensItsNode = (pod: Pod): boolean => !isMirrorPod(pod) && pod.spec.hostUsers !== false;

const remembered = new WeakMap<Facts, ReadonlyMap<string, ReadonlySet<number>>>();

/** Numbers of the nodes on which such a pod of a namespace runs. */
function nodesByNamespace(facts: Facts): ReadonlyMap<string, ReadonlySet<number>> {
  const known = remembered.get(facts);
  if (known !== undefined) return known;
  const found = new Map<string, Set<number>>();
  for (const [place, pod] of facts.pods.pods.entries()) {
    const node = facts.pods.scheduledOn[place] as number;
    if (node < 0 || facts.pods.live[place] !== 1 || !opensItsNode(pod)) continue;
    const nodes = found.get(pod.namespace) ?? new Set<number>();
    nodes.add(node);
    found.set(pod.namespace, nodes);
  }
  remembered.set(facts, found);
  return found;
}

/** Every namespace at once: surely all nodes only where a pod of a namespace that lets it in runs on each. */
function reachedEverywhere(facts: Facts): AuthorReach | undefined {
  const admission = podAdmission(facts, '', QUESTION);
  if (admission === undefined) return undefined;
  const covered = new Set<number>();
  for (const [namespace, nodes] of nodesByNamespace(facts))
    if (podAdmissionIn(facts, namespace, QUESTION).state === admission.state) for (const node of nodes) covered.add(node);
  if (covered.size === 0) return undefined;
  const reached = reachBy(everything(facts, 'all-nodes', ''), admission);
  const known = new Set([
    ...facts.pods.byNode.keys(),
    ...facts.inventory.kubernetes.nodes.flatMap(({ name }) => facts.nodes.indexOf(`node:${name}`) ?? []),
  ]);
  const missing = [...known].filter((node) => !covered.has(node)).length;
  if (missing === 0) return reached;
  const hangsOn = [
    ...(reached.hangsOn === undefined ? [] : [reached.hangsOn]),
    `on ${missing} nodes a pod of such a namespace coming to run`,
  ];
  return { ...reached, certainty: 'conditional', hangsOn: hangsOn.join('; ') };
}

const everywhere = new WeakMap<Facts, AuthorReach | undefined>();

/**
 * The node that a privileged debug container opens: that of the one pod, those of the pods of a namespace (`all-nodes:NAMESPACE`), or all of
 * them. Undefined where Pod Security refuses it: the pod is judged anew, with the container in it (admission.go `ValidatePod`: the
 * subresource `ephemeralcontainers` is not among the ignored ones).
 */
export function nodesByDebugging(facts: Facts, { scope, pod }: { readonly scope: string; readonly pod?: number }): AuthorReach | undefined {
  if (pod !== undefined) {
    const place = facts.pods.placeOf.get(pod) as number;
    const node = facts.pods.scheduledOn[place] as number;
    const admission = podAdmissionIn(facts, (facts.pods.pods[place] as Pod).namespace, QUESTION);
    const isOpen = node >= 0 && opensItsNode(facts.pods.pods[place] as Pod) && admission.state !== 'refused';
    return isOpen ? reachBy(node, admission) : undefined;
  }
  if (scope === '' || scope === EVERYWHERE) {
    if (!everywhere.has(facts)) everywhere.set(facts, reachedEverywhere(facts));
    return everywhere.get(facts);
  }
  const admission = podAdmissionIn(facts, scope, QUESTION);
  if (admission.state === 'refused' || !nodesByNamespace(facts).has(scope)) return undefined;
  return reachBy(everything(facts, 'all-nodes', scope), admission);
}

/** From the nodes of a namespace's pods to each of them, where anything leads there. */
export function* nodesOfNamespaces(facts: Facts): Generator<{ readonly set: number; readonly member: number }> {
  for (const [namespace, nodes] of nodesByNamespace(facts)) {
    const set = facts.nodes.indexOf(`all-nodes:${namespace}`);
    if (set !== undefined) for (const member of nodes) yield { set, member };
  }
}
