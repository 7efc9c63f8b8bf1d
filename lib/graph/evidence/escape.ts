import type { DecideEscapes, NodeEscape } from '../../access/pod/node-escape.ts';
import { HARDEST_NODE, type NodeTraits, UNKNOWN_NODE } from '../../access/pod/node-traits.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import type { Facts } from '../facts/facts.ts';
import { landing } from '../facts/landing.ts';
import { traitsOf } from '../facts/node-traits.ts';
import { remarkablePods } from '../facts/remarkable-pods.ts';
import type { Certainty } from '../kinds.ts';
import type { Evidence, Explanation } from '../model.ts';
import type { Emit, FoundEdge, Technique } from '../techniques/technique.ts';
import { changesOfEscapes, closingOfEscapes, fixOfEscapes, fixOfField } from './escape-closing.ts';
import { podEvidence } from './objects.ts';
import type { TemplateField } from './template-patch.ts';

/** Which ways out a technique knows, given what is known of the whole cluster. */
export type EscapesIn = (facts: Facts) => DecideEscapes;

const UNREAD = 'what the node is, which was not read: its runtime, its operating system, or who set it up, may stop it';

/** Where nodes were not read, a way out that does not work on all of them hangs on what the node is. */
function asRead({ inventory }: Facts, decide: DecideEscapes): DecideEscapes {
  if (!isUnread(inventory, 'nodes')) return decide;
  return (spec, node) => {
    const escapes = decide(spec, node);
    if (node !== UNKNOWN_NODE) return escapes;
    const everywhere = new Set(decide(spec, HARDEST_NODE).flatMap(({ pointer, hangsOn }) => (hangsOn === undefined ? [pointer] : [])));
    return escapes.map((way) => (way.hangsOn !== undefined || everywhere.has(way.pointer) ? way : { ...way, hangsOn: UNREAD }));
  };
}

/**
 * Reports where a pod gets by these ways: each live pod with its node, and how sure it is (certain if one of the ways is). A pod that no node has taken yet
 * gets to the nodes that it fits, or to all of them where these are many or none was read.
 */
export function eachEscape(facts: Facts, decide: DecideEscapes, visit: (place: number, to: number, certainty: Certainty) => void): void {
  const { pods } = facts;
  const traits = traitsOf(facts);
  const ways = asRead(facts, decide);
  const verdictOn = new Map<NodeTraits, (place: number) => Certainty | undefined>();
  for (const place of remarkablePods(facts)) {
    const node = traits(pods.scheduledOn[place] as number);
    let verdictOf = verdictOn.get(node);
    if (verdictOf === undefined) {
      verdictOf = pods.perTemplate(({ spec }) => certaintyOf(ways(spec, node)));
      verdictOn.set(node, verdictOf);
    }
    const verdict = verdictOf(place);
    if (verdict === undefined) continue;
    const { nodes, hangsOn } = landing(facts, place);
    for (const to of nodes) visit(place, to, hangsOn === undefined ? verdict : 'conditional');
  }
}

function certaintyOf(escapes: readonly NodeEscape[]): Certainty | undefined {
  if (escapes.length === 0) return undefined;
  return escapes.some(({ hangsOn }) => hangsOn === undefined) ? 'certain' : 'conditional';
}

/** The ways out of the pod with this number, on the node that it is on. */
export function escapesOf(facts: Facts, from: number, decide: DecideEscapes): readonly NodeEscape[] {
  const place = facts.pods.placeOf.get(from) as number;
  return asRead(facts, decide)((facts.pods.pods[place] as Pod).spec, traitsOf(facts)(facts.pods.scheduledOn[place] as number));
}

/** Evidence in the pod for each way, the certain ones first, and what they all hang on where none is. */
export function escapeEvidence(
  facts: Facts,
  from: number,
  decide: DecideEscapes,
): { readonly evidence: readonly [Evidence, ...Evidence[]]; readonly hangsOn?: string } {
  const place = facts.pods.placeOf.get(from) as number;
  const pod = facts.pods.pods[place] as Pod;
  const escapes = [...escapesOf(facts, from, decide)].sort((a, b) => Number(a.hangsOn !== undefined) - Number(b.hangsOn !== undefined));
  const parts = escapes.flatMap((way) => (way.alongWith === undefined ? [way] : [way, way.alongWith]));
  const unique = [...new Map(parts.map((part) => [`${part.pointer} ${part.says}`, part])).values()];
  const sure = escapes.some(({ hangsOn }) => hangsOn === undefined);
  const conditions = [
    ...(sure ? [] : [[...new Set(escapes.map(({ hangsOn }) => hangsOn))].join('; or ')]),
    ...[landing(facts, place).hangsOn].flatMap((hangsOn) => hangsOn ?? []),
  ];
  return {
    evidence: unique.map((part) => podEvidence(pod, part.pointer, part.says)) as [Evidence, ...Evidence[]],
    ...(conditions.length === 0 ? {} : { hangsOn: conditions.join('; ') }),
  };
}

/** The ways out of one pod, with how to change the field of its template that they rest on. */
export function explainEscapes(facts: Facts, from: number, decide: DecideEscapes, field: TemplateField): Explanation {
  return { ...escapeEvidence(facts, from, decide), fix: fixOfField(facts, { from, decide, field }) };
}

/** What every technique that leads from a pod to its node does, given its ways out and the field of the template that they rest on. */
export function escapeTechnique(
  escapesIn: EscapesIn,
  field: TemplateField,
): Required<Pick<Technique, 'find' | 'changes' | 'closing' | 'fix' | 'explain'>> {
  return {
    find(facts: Facts, emit: Emit) {
      eachEscape(facts, escapesIn(facts), (place, to, certainty) => emit(facts.pods.node[place] as number, to, 0, certainty));
    },
    changes: (facts: Facts, { from }: FoundEdge) => changesOfEscapes(facts, from, escapesIn(facts)),
    closing: (facts: Facts, { from }: FoundEdge) => closingOfEscapes(facts, from, escapesIn(facts)),
    fix: (facts: Facts, { from }: FoundEdge, change: string) => fixOfEscapes(facts, { from, decide: escapesIn(facts), change }),
    explain: (facts: Facts, { from }: FoundEdge) => explainEscapes(facts, from, escapesIn(facts), field),
  };
}
