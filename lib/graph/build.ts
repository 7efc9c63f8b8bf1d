import { awsLinkGaps } from '../access/aws/links.ts';
import type { Gap } from '../inventory/gap.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { type Facts, factsOf } from './facts/facts.ts';
import { CERTAINTIES, TECHNIQUE_IDS, type TechniqueId } from './kinds.ts';
import type { EdgeTable, Graph } from './model.ts';
import { certaintyCode, EdgeTableBuilder, NodeTableBuilder, rowsOf, techniqueCode } from './table-builder.ts';
import { techniques } from './techniques/index.ts';
import type { FoundEdge, Technique } from './techniques/technique.ts';

/** Edges of these classes come from several rules and may be found twice; the first one found stays. */
const MAY_REPEAT = new Set(['rbac', 'cloud']);

function collectEdges(facts: Facts): EdgeTableBuilder {
  const edges = new EdgeTableBuilder();
  for (const technique of Object.values(techniques)) {
    const code = techniqueCode(technique.id);
    const seen = new Set<number>();
    technique.find(facts, (from, to, detail = 0, certainty = 'certain') => {
      if (MAY_REPEAT.has(technique.class)) {
        const key = from * 2 ** 26 + to;
        if (seen.has(key)) return;
        seen.add(key);
      }
      edges.push(from, to, code, certaintyCode(certainty), detail);
    });
  }
  return edges;
}

const WALKED = TECHNIQUE_IDS.map((id) => techniques[id].walked);
const BROKEN = certaintyCode('broken');
const SURE = new Set([certaintyCode('certain'), certaintyCode('wired')]);

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

function gapsOf(inventory: Inventory): readonly Gap[] {
  return [...inventory.gaps, ...awsLinkGaps(inventory).map((gap): Gap => ({ id: `${gap.source}:${gap.what}`, ...gap }))];
}

/** The graph of an inventory: the same inventory gives the same graph, number by number. Pure; does not throw for data. */
export function buildGraph(inventory: Inventory): Graph {
  const nodes = new NodeTableBuilder();
  const facts = factsOf(inventory, nodes);
  const edges = collectEdges(facts);
  const strength = strengths(edges);
  return {
    nodes,
    edges,
    forward: rowsOf(edges, nodes.count, 'from', strength),
    reverse: rowsOf(edges, nodes.count, 'to', strength),
    gaps: gapsOf(inventory),
    explain: (edge) => techniqueOf(edges, edge).explain(facts, foundEdge(edges, edge)),
    changes: (edge) => techniqueOf(edges, edge).changes?.(facts, foundEdge(edges, edge)) ?? [],
  };
}
