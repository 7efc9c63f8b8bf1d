import { awsAuthGap } from '../access/aws/aws-auth-gap.ts';
import { awsLinkGaps } from '../access/aws/links.ts';
import { azureLinkGaps } from '../access/azure/links.ts';
import { gcpLinkGaps } from '../access/gcp/gaps.ts';
import type { Gap } from '../inventory/gap.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { allOf, anyChange, type Closing, NEVER } from './closing.ts';
import { heldUpBy, isHeldUp, mayRefuse } from './facts/asked.ts';
import { type Facts, factsOf } from './facts/facts.ts';
import { CERTAINTIES, type Certainty, TECHNIQUE_IDS, type TechniqueId } from './kinds.ts';
import type { EdgeTable, Evidence, Explanation, Fix, Graph } from './model.ts';
import { certaintyCode, EdgeTableBuilder, NodeTableBuilder, rowsOf, techniqueCode } from './table-builder.ts';
import { techniques } from './techniques/index.ts';
import type { FoundEdge, Technique } from './techniques/technique.ts';

/** Edges of these classes come from several rules and may be found twice; the surest way stays, of equals the first, and the others are known by their details. */
const MAY_REPEAT = new Set(['rbac', 'cloud']);

/** The other ways in which a technique found an edge: what closes the edge has to close them too. */
type Repeats = Map<number, Pick<FoundEdge, 'detail' | 'certainty'>[]>;

function addRepeat(repeats: Repeats, edge: number, way: Pick<FoundEdge, 'detail' | 'certainty'>): void {
  const known = repeats.get(edge);
  if (known === undefined) repeats.set(edge, [way]);
  else if (known.at(-1)?.detail !== way.detail) known.push(way);
}

/** Keeps a further way to a known edge; a surer one takes the place of the one that was told so far. */
function meetAgain(edges: EdgeTableBuilder, repeats: Repeats, edge: number, way: Pick<FoundEdge, 'detail' | 'certainty'>): void {
  const told = foundEdge(edges, edge);
  if (told.detail === way.detail && told.certainty === way.certainty) return;
  const isSurer = STRENGTH[way.certainty] < STRENGTH[told.certainty];
  if (isSurer) {
    edges.certainty[edge] = certaintyCode(way.certainty);
    edges.detail[edge] = way.detail;
  }
  addRepeat(repeats, edge, isSurer ? told : way);
}

/** Tells how sure an edge is once admission has been asked about its requests. */
function askingAdmission(facts: Facts): (technique: Technique, edge: FoundEdge) => Certainty {
  if (!mayRefuse(facts)) return (_, { certainty }) => certainty;
  return (technique, edge) => {
    const asking = edge.certainty === 'certain' ? technique.asks?.(facts, edge) : undefined;
    return asking !== undefined && isHeldUp(facts, asking) ? 'conditional' : edge.certainty;
  };
}

function collectEdges(facts: Facts): { edges: EdgeTableBuilder; repeats: Repeats } {
  const edges = new EdgeTableBuilder();
  const repeats: Repeats = new Map();
  const certaintyOf = askingAdmission(facts);
  for (const technique of Object.values(techniques)) {
    const code = techniqueCode(technique.id);
    const seen = new Map<number, number>();
    technique.find(facts, (from, to, detail = 0, found = 'certain') => {
      const certainty = certaintyOf(technique, { from, to, detail, certainty: found });
      if (MAY_REPEAT.has(technique.class)) {
        const key = from * 2 ** 26 + to;
        const known = seen.get(key);
        if (known !== undefined) {
          if (edges.detail[known] !== detail || edges.certainty[known] !== certaintyCode(certainty))
            meetAgain(edges, repeats, known, { detail, certainty });
          return;
        }
        seen.set(key, edges.count);
      }
      edges.push(from, to, code, certaintyCode(certainty), detail);
    });
  }
  return { edges, repeats };
}

const WALKED = TECHNIQUE_IDS.map((id) => techniques[id].walked);
const BROKEN = certaintyCode('broken');
const SURE = new Set([certaintyCode('certain'), certaintyCode('wired')]);

/** Lower is surer. */
const STRENGTH: Readonly<Record<Certainty, number>> = { certain: 0, wired: 0, conditional: 1, possible: 1, broken: 2 };

/** Certain and wired edges come first in a row, then conditional and possible ones, then what nobody walks. */
function strengths({ count, technique, certainty }: EdgeTable): Uint8Array {
  const found = new Uint8Array(count);
  for (let edge = 0; edge < count; edge += 1) {
    const code = certainty[edge] as number;
    found[edge] = code === BROKEN || WALKED[technique[edge] as number] === false ? 2 : SURE.has(code) ? 0 : 1;
  }
  return found;
}

const techniqueOf = (edges: EdgeTable, edge: number): Technique =>
  techniques[TECHNIQUE_IDS[edges.technique[edge] as number] as TechniqueId];

function foundEdge(edges: EdgeTable, edge: number): FoundEdge {
  const certainty = CERTAINTIES[edges.certainty[edge] as number];
  if (certainty === undefined || edge >= edges.count) throw new Error(`no edge ${edge}`);
  return { from: edges.from[edge] as number, to: edges.to[edge] as number, detail: edges.detail[edge] as number, certainty };
}

/** The edge once for every way in which it was found. */
function everyWay(edges: EdgeTable, repeats: Repeats, edge: number): readonly [FoundEdge, ...FoundEdge[]] {
  const first = foundEdge(edges, edge);
  return [first, ...(repeats.get(edge) ?? []).map((way): FoundEdge => ({ ...first, ...way }))];
}

const changesOf = (facts: Facts, technique: Technique, edge: FoundEdge): readonly string[] => technique.changes?.(facts, edge) ?? [];

/** Changes each of which closes every way. */
function singleChanges(facts: Facts, technique: Technique, [first, ...others]: readonly [FoundEdge, ...FoundEdge[]]): readonly string[] {
  const changes = changesOf(facts, technique, first);
  if (changes.length === 0 || others.length === 0) return changes;
  const lists = others.map((edge) => new Set(changesOf(facts, technique, edge)));
  return changes.filter((change) => lists.every((list) => list.has(change)));
}

function closingOf(facts: Facts, technique: Technique, [first, ...others]: readonly [FoundEdge, ...FoundEdge[]]): Closing {
  const one = (edge: FoundEdge): Closing => technique.closing?.(facts, edge) ?? anyChange(changesOf(facts, technique, edge));
  return others.length === 0 ? one(first) : allOf([first, ...others].map(one));
}

/** So many ways are told; who wants more sees by the fix that they are many. */
const WAYS_TOLD = 20;

/** One way, with what admission of its requests hangs on. */
function explainWay(facts: Facts, technique: Technique, way: FoundEdge): Explanation {
  const told = technique.explain(facts, way);
  const asking = technique.asks?.(facts, way);
  const held = asking === undefined ? undefined : heldUpBy(facts, asking);
  if (held === undefined) return told;
  const hangsOn = told.hangsOn === undefined ? held.hangsOn : `${told.hangsOn}; ${held.hangsOn}`;
  return { ...told, hangsOn, evidence: [...told.evidence, ...held.evidence] };
}

/** The surest way in full, and the evidence of the others behind its own. */
function explanationOf(facts: Facts, technique: Technique, [first, ...others]: readonly [FoundEdge, ...FoundEdge[]]): Explanation {
  const told = explainWay(facts, technique, first);
  if (others.length === 0) return told;
  const unique = new Map(told.evidence.map((one) => [evidenceKey(one), one]));
  for (const way of others.slice(0, WAYS_TOLD - 1))
    for (const one of explainWay(facts, technique, way).evidence) if (!unique.has(evidenceKey(one))) unique.set(evidenceKey(one), one);
  return { ...told, evidence: [...unique.values()] as [Evidence, ...Evidence[]] };
}

const evidenceKey = ({ kind, namespace, name, pointer }: Evidence): string => JSON.stringify([kind, namespace, name, pointer]);

function fixOf(
  facts: Facts,
  technique: Technique,
  { ways, change }: { readonly ways: readonly [FoundEdge, ...FoundEdge[]]; readonly change: string },
): Fix {
  for (const way of ways) {
    const fix = technique.fix?.(facts, way, change);
    if (fix !== undefined) return fix;
  }
  return technique.explain(facts, ways[0]).fix;
}

function gapsOf(inventory: Inventory): readonly Gap[] {
  const found = [awsAuthGap(inventory) ?? [], awsLinkGaps(inventory), gcpLinkGaps(inventory), azureLinkGaps(inventory)].flat();
  return [...inventory.gaps, ...found.map((gap): Gap => ({ id: `${gap.source}:${gap.what}`, ...gap }))];
}

/** The graph of an inventory: the same inventory gives the same graph, number by number. Pure; does not throw for data. */
export function buildGraph(inventory: Inventory): Graph {
  const nodes = new NodeTableBuilder();
  const facts = factsOf(inventory, nodes);
  const { edges, repeats } = collectEdges(facts);
  const strength = strengths(edges);
  return {
    nodes,
    edges,
    forward: rowsOf(edges, nodes.count, 'from', strength),
    reverse: rowsOf(edges, nodes.count, 'to', strength),
    gaps: gapsOf(inventory),
    explain: (edge) => explanationOf(facts, techniqueOf(edges, edge), everyWay(edges, repeats, edge)),
    changes: (edge) => singleChanges(facts, techniqueOf(edges, edge), everyWay(edges, repeats, edge)),
    closing: (edge) => {
      const technique = techniqueOf(edges, edge);
      if (technique.closing === undefined && technique.changes === undefined) return NEVER;
      return closingOf(facts, technique, everyWay(edges, repeats, edge));
    },
    fix: (edge, change) => fixOf(facts, techniqueOf(edges, edge), { ways: everyWay(edges, repeats, edge), change }),
  };
}
