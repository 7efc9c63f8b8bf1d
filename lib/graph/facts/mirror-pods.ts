import type { Pod } from '../../inventory/kubernetes.ts';
import type { NodeId } from '../model.ts';
import { EVERYWHERE } from '../node-id.ts';
import { everything, hasAny } from './everything.ts';
import type { Facts } from './facts.ts';
import { reachedBy } from './rbac-edges.ts';
import type { AnyOf } from './rights.ts';
import type { SubjectFacts } from './subjects.ts';

const MIRROR = 'kubernetes.io/config.mirror';

/**
 * Whether a pod only shows a static one: its kubelet runs what the manifest on the node says, and heeds no change of the object.
 * Source: kubernetes/pkg/kubelet/types/pod_update.go (`ConfigMirrorAnnotationKey`, `IsStaticPod`).
 */
export const isMirrorPod = ({ annotations, owner }: Pod): boolean => annotations.has(MIRROR) || owner?.kind === 'Node';

interface Changeable {
  /** Namespaces in which a mirror pod lives. */
  readonly mirrored: ReadonlySet<string>;
  /** Namespaces in which another pod lives. */
  readonly others: ReadonlySet<string>;
}

const remembered = new WeakMap<Facts, Changeable>();

function changeable(facts: Facts): Changeable {
  const known = remembered.get(facts);
  if (known !== undefined) return known;
  const mirrored = new Set<string>();
  const others = new Set<string>();
  for (const [place, pod] of facts.pods.pods.entries())
    if (facts.pods.live[place] === 1) (isMirrorPod(pod) ? mirrored : others).add(pod.namespace);
  const found = { mirrored, others };
  remembered.set(facts, found);
  return found;
}

const idIn = (namespace: string): NodeId =>
  (namespace === EVERYWHERE ? 'all-pods:not-static' : `all-pods:${namespace}/not-static`) as NodeId;

function allChangeable(facts: Facts, scope: string): number | undefined {
  const { mirrored, others } = changeable(facts);
  const where = scope === '' ? EVERYWHERE : scope;
  const wide = where === EVERYWHERE;
  if (wide ? mirrored.size === 0 : !mirrored.has(where))
    return hasAny(facts, 'all-pods', scope) ? everything(facts, 'all-pods', scope) : undefined;
  if (wide ? others.size === 0 : !others.has(where)) return undefined;
  return facts.nodes.internAs(idIn(where), { kind: 'all-pods', name: 'pods but static ones', namespace: wide ? '' : where });
}

/** `eachReached` for pods that a change of their object changes: mirror pods of static ones are left out. */
export function eachChangeablePod(
  facts: Facts,
  rights: AnyOf,
  visit: (subject: SubjectFacts, target: number, detail: number) => void,
): void {
  facts.eachHolding(rights, (subject, holding) => {
    let detail: number | undefined;
    const all = holding.name === undefined ? allChangeable(facts, holding.scope) : undefined;
    const targets = holding.name !== undefined ? reachedBy(facts, 'all-pods', holding) : all === undefined ? [] : [all];
    for (const target of targets) {
      const place = facts.pods.placeOf.get(target);
      if (place !== undefined && isMirrorPod(facts.pods.pods[place] as Pod)) continue;
      detail ??= facts.keep({ parts: [{ rights, by: holding.by }] });
      visit(subject, target, detail);
    }
  });
}

/** From all changeable pods to those of each namespace, and from those of a namespace with mirror pods to the others; where anything leads there. */
export function* membersOfChangeable(facts: Facts): Generator<{ readonly set: number; readonly member: number }> {
  const { mirrored, others } = changeable(facts);
  const everywhere = facts.nodes.indexOf(idIn(EVERYWHERE));
  if (everywhere !== undefined) {
    for (const namespace of others) {
      const member = allChangeable(facts, namespace);
      if (member !== undefined) yield { set: everywhere, member };
    }
  }
  for (const namespace of mirrored) {
    const set = facts.nodes.indexOf(idIn(namespace));
    if (set === undefined) continue;
    for (const place of facts.pods.byNamespace.get(namespace) ?? [])
      if (facts.pods.live[place] === 1 && !isMirrorPod(facts.pods.pods[place] as Pod))
        yield { set, member: facts.pods.node[place] as number };
  }
}
