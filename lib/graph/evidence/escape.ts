import type { NodeEscape } from '../../access/pod/escape.ts';
import type { Pod, PodSpec } from '../../inventory/kubernetes.ts';
import type { Facts } from '../facts/facts.ts';
import type { Certainty } from '../kinds.ts';
import type { Evidence, Explanation } from '../model.ts';
import { podEvidence } from './objects.ts';

/** Which ways out of a pod a technique knows. */
export type Decide = (spec: PodSpec) => readonly NodeEscape[];

/** Reports pod → node for every live, scheduled pod whose spec allows an escape; certain if one of the ways is. */
export function findEscapes(
  facts: Facts,
  decide: Decide,
  emit: (from: number, to: number, detail: number, certainty: Certainty) => void,
): void {
  const { pods } = facts;
  const verdictOf = pods.perTemplate(({ spec }): Certainty | undefined => {
    const escapes = decide(spec);
    if (escapes.length === 0) return undefined;
    return escapes.some((way) => way.hangsOn === undefined) ? 'certain' : 'conditional';
  });
  for (let place = 0; place < pods.pods.length; place += 1) {
    const node = pods.scheduledOn[place] as number;
    const verdict = node >= 0 && pods.live[place] === 1 ? verdictOf(place) : undefined;
    if (verdict !== undefined) emit(pods.node[place] as number, node, 0, verdict);
  }
}

/** The ways out of one pod, the certain ones first, with what to change in its template. */
export function explainEscapes(facts: Facts, from: number, decide: Decide, says: string): Explanation {
  const pod = facts.pods.pods[facts.pods.placeOf.get(from) as number] as Pod;
  const escapes = [...decide(pod.spec)].sort((a, b) => Number(a.hangsOn !== undefined) - Number(b.hangsOn !== undefined));
  const parts = escapes.flatMap((way) => (way.alongWith === undefined ? [way] : [way, way.alongWith]));
  const unique = [...new Map(parts.map((part) => [`${part.pointer} ${part.says}`, part])).values()];
  const evidence = unique.map((part) => podEvidence(pod, part.pointer, part.says)) as [Evidence, ...Evidence[]];
  const sure = escapes.some((way) => way.hangsOn === undefined);
  const owner = pod.owner === undefined ? 'the pod' : `${pod.owner.kind} ${pod.owner.name}`;
  return {
    evidence,
    ...(sure ? {} : { hangsOn: [...new Set(escapes.map((way) => way.hangsOn as string))].join('; ') }),
    fix: { says: `${says} in the template of ${owner}`, sideEffect: 'its pods are made anew, and lose what they used this access for' },
  };
}
