import type { WorkloadKind } from '../../inventory/kubernetes.ts';
import type { NodeId } from '../model.ts';
import { ID_PREFIX } from '../node-id.ts';
import { everything, hasAny } from './everything.ts';
import type { Facts } from './facts.ts';
import { type AuthorReach, reachedAmong } from './pod-author.ts';
import { changeRequest } from './workload-rights.ts';

const HELD = ['all-service-accounts', 'all-secrets'] as const;

/** Up to so many namespaces are told one by one; more get a node that stands for them, so that subjects are never multiplied by namespaces. */
const MOST_NAMESPACES = 8;

const remembered = new WeakMap<Facts, ReadonlyMap<WorkloadKind, readonly string[]>>();

/** Namespaces in which a controller of each kind is, sorted. */
export function namespacesByController(facts: Facts): ReadonlyMap<WorkloadKind, readonly string[]> {
  let known = remembered.get(facts);
  if (known === undefined) {
    const found = new Map<WorkloadKind, Set<string>>();
    for (const [namespace, workloads] of facts.workloadsByNamespace)
      for (const { kind } of workloads) found.set(kind, (found.get(kind) ?? new Set()).add(namespace));
    known = new Map([...found].map(([kind, namespaces]) => [kind, [...namespaces].sort()]));
    remembered.set(facts, known);
  }
  return known;
}

/** No namespace has a slash in its name. */
const idOf = (held: (typeof HELD)[number], kind: WorkloadKind): NodeId => `${ID_PREFIX[held]}:with/${kind.toLowerCase()}` as NodeId;

const reaches = new WeakMap<Facts, Map<WorkloadKind, readonly AuthorReach[]>>();

/**
 * What whoever may change every controller of a kind in the cluster reaches: accounts and secrets of the namespaces that have one; undefined
 * where these are so few that each can be told, or all there are.
 */
export function reachedThroughControllers(facts: Facts, kind: WorkloadKind): readonly AuthorReach[] | undefined {
  const namespaces = namespacesByController(facts).get(kind) ?? [];
  if (namespaces.length <= MOST_NAMESPACES || namespaces.length === facts.accountsByNamespace.size) return undefined;
  const known = reaches.get(facts) ?? new Map<WorkloadKind, readonly AuthorReach[]>();
  reaches.set(facts, known);
  let reached = known.get(kind);
  if (reached === undefined) {
    const name = `of namespaces with a ${kind}`;
    const holding = HELD.filter((held) => namespaces.some((namespace) => hasAny(facts, held, namespace))).map((held) =>
      facts.nodes.internAs(idOf(held, kind), { kind: held, name, namespace: '' }),
    );
    reached = reachedAmong(facts, { namespaces, holding, through: [changeRequest(kind)] });
    known.set(kind, reached);
  }
  return reached;
}

/** From what stands for the accounts or secrets of namespaces with a controller to those of each of them, where anything leads there. */
export function* membersOfControllerSets(facts: Facts): Generator<{ readonly set: number; readonly member: number }> {
  for (const [kind, namespaces] of namespacesByController(facts)) {
    for (const held of HELD) {
      const set = facts.nodes.indexOf(idOf(held, kind));
      if (set === undefined) continue;
      for (const namespace of namespaces) if (hasAny(facts, held, namespace)) yield { set, member: everything(facts, held, namespace) };
    }
  }
}
