import type { AdmissionRequest } from '../../access/admission/matches.ts';
import { isVirtual } from '../../access/scheduling/virtual-node.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import type { Certainty } from '../kinds.ts';
import type { Evidence } from '../model.ts';
import { EVERYWHERE } from '../node-id.ts';
import type { Emit } from '../techniques/technique.ts';
import { heldUpBy } from './asked.ts';
import { everything, hasAny } from './everything.ts';
import type { Facts, Proof } from './facts.ts';
import { CREATE_POD, type PodAdmission, podAdmissionAmong, requestsKey } from './pod-admission.ts';
import type { Part } from './rights.ts';
import { oneStep } from './steps.ts';

/** One thing that whoever writes pods reaches, and how surely the pod that it takes is let in. */
export interface AuthorReach {
  readonly target: number;
  readonly certainty: Certainty;
  /** Of a conditional one. */
  readonly hangsOn?: string;
  /** The namespace that lets the pod in, and what may still refuse it. */
  readonly evidence: readonly Evidence[];
}

/** An admission as what is reached by it. */
export const reachBy = (target: number, { state, hangsOn, evidence }: PodAdmission): AuthorReach => ({
  target,
  certainty: state === 'certain' ? 'certain' : 'conditional',
  ...(hangsOn === undefined ? {} : { hangsOn }),
  evidence,
});

/** Whether there are machines to take as nodes; where nodes could not be read there are. */
export const mayHaveNodes = ({ inventory }: Facts): boolean =>
  inventory.kubernetes.nodes.some((node) => !isVirtual(node)) || isUnread(inventory, 'nodes');

const remembered = new WeakMap<Facts, Map<string, readonly AuthorReach[]>>();

/** Where somebody writes pods, and what stands for the accounts and secrets there. */
export interface Authored {
  readonly namespaces: readonly string[];
  /** Numbers of nodes of the graph. */
  readonly holding: readonly number[];
  /** Requests about controllers of which any one makes the pod; undefined: pods are made by themselves. */
  readonly through?: readonly AdmissionRequest[] | undefined;
}

const NOTHING: readonly Evidence[] = [];

/** How surely a plain pod reaches what stands for the accounts or secrets of many namespaces: it has those of its own namespace alone. */
function reachedInEach(facts: Facts, target: number, { namespaces, through = [CREATE_POD] }: Omit<Authored, 'holding'>): AuthorReach {
  const kind = facts.nodes.kinds[target] as 'all-secrets' | 'all-service-accounts';
  const there = namespaces.filter((namespace) => hasAny(facts, kind, namespace));
  const held = heldUpBy(facts, { steps: oneStep(facts, through), namespaces: there, over: 'each' });
  return held === undefined ? { target, certainty: 'certain', evidence: NOTHING } : { target, certainty: 'conditional', ...held };
}

/** What whoever writes whole pods in some namespaces reaches. */
export function reachedAmong(facts: Facts, { namespaces, holding, through }: Authored): readonly AuthorReach[] {
  const plain = podAdmissionAmong(facts, namespaces, { needed: 'plain', through });
  const reach = (target: number, admission: PodAdmission): AuthorReach =>
    namespaces.length === 1 ? reachBy(target, admission) : reachedInEach(facts, target, { namespaces, through });
  const found = plain === undefined ? [] : holding.map((target) => reach(target, plain));
  const privileged = mayHaveNodes(facts) ? podAdmissionAmong(facts, namespaces, { needed: 'privileged', through }) : undefined;
  // The author writes the node's name, past the scheduler, and tolerates its taints, of which the kubelet minds NoExecute alone: no node is out
  // of reach. Source: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/.
  if (privileged !== undefined) found.push(reachBy(everything(facts, 'all-nodes', ''), privileged));
  return found;
}

/**
 * What whoever writes whole pods in a scope reaches: every service account there, with a token of any audience, every secret there without
 * a right to read it, and every node where a namespace of the scope lets a privileged pod in. Rows W1, W2, W3 and W4 of the reference.
 * Over many namespaces, the one that lets most in decides how surely nodes are reached, and all of them how surely accounts and secrets are, as a
 * pod has those of its own namespace alone. `through`: the pods are made by controllers.
 */
export function reachedByPodAuthor(facts: Facts, scope: string, through?: readonly AdmissionRequest[]): readonly AuthorReach[] {
  const known = remembered.get(facts) ?? new Map<string, readonly AuthorReach[]>();
  remembered.set(facts, known);
  const where = scope === '' ? EVERYWHERE : scope;
  const key = `${where} ${requestsKey(through ?? [])}`;
  let found = known.get(key);
  if (found === undefined) {
    const holding = (['all-service-accounts', 'all-secrets'] as const)
      .filter((kind) => hasAny(facts, kind, scope))
      .map((kind) => everything(facts, kind, scope));
    found = reachedAmong(facts, { namespaces: where === EVERYWHERE ? facts.everyNamespace : [scope], holding, through });
    known.set(key, found);
  }
  return found;
}

/** An edge as a technique finds it, still to be emitted. */
export interface AuthorEdge {
  readonly from: number;
  readonly to: number;
  readonly parts: readonly Part[];
  readonly certainty: Certainty;
  readonly hangsOn?: string;
  readonly evidence: readonly Evidence[];
}

/** Emits edges with a proof of its own for each; of an edge that is found twice the surest way is told, whichever comes first. */
export function emitEdges(facts: Facts, edges: readonly AuthorEdge[], emit: Emit): void {
  let last: (Proof & { readonly detail: number }) | undefined;
  for (const { from, to, parts, certainty, hangsOn, evidence } of edges) {
    // Service accounts and secrets are reached by the same pod: one proof for both.
    if (last?.parts !== parts || last.also !== evidence || last.hangsOn !== hangsOn) {
      const proof: Proof = { parts, also: evidence, ...(hangsOn === undefined ? {} : { hangsOn }) };
      last = { ...proof, detail: facts.keep(proof) };
    }
    emit(from, to, last.detail, certainty);
  }
}

/** Somebody who writes pods in a scope, with what gives the right. */
export interface PodAuthor {
  readonly node: number;
  readonly scope: string;
  readonly parts: readonly Part[];
  /** Requests about controllers of which any one makes the pod; undefined: pods are made by themselves. */
  readonly through?: readonly AdmissionRequest[] | undefined;
  /** What is reached, where the scope alone does not say it. */
  readonly reached?: readonly AuthorReach[];
}

/** Emits what pod authors reach. */
export function emitPodAuthors(facts: Facts, authors: readonly PodAuthor[], emit: Emit): void {
  const edges = authors.flatMap(({ node, scope, parts, through, reached = reachedByPodAuthor(facts, scope, through) }) =>
    reached.map(({ target, ...how }): AuthorEdge => ({ from: node, to: target, parts, ...how })),
  );
  emitEdges(facts, edges, emit);
}
