import type { Closing } from '../../graph/closing.ts';
import type { Graph, Rows } from '../../graph/model.ts';
import { EdgeTableBuilder, NodeTableBuilder, rowsOf } from '../../graph/table-builder.ts';

/** 0 certain, 1 conditional, 2 not walked. */
export type Strength = 0 | 1 | 2;

/** A graph of nothing but numbers: edges as from, to, strength and what closes them. */
export interface Drawing {
  readonly nodes: number;
  readonly edges: readonly (readonly [from: number, to: number, strength: Strength, closing?: Closing])[];
}

/** The graph of a drawing; node n is called `p` and its name, which is n where no names are given. */
export function drawnGraph({ nodes, edges }: Drawing, names: readonly number[] = [...Array(nodes).keys()]): Graph {
  const table = new NodeTableBuilder();
  for (const name of names) table.intern('pod', `p${name}`, 'a');
  const built = new EdgeTableBuilder();
  for (const [from, to] of edges) built.push(from, to, 0, 0, 0);
  const strength = Uint8Array.from(edges, ([, , one]) => one);
  const rows = (key: 'from' | 'to'): Rows => rowsOf(built, nodes, key, strength);
  const never = (): never => {
    throw new Error('not asked for');
  };
  return {
    nodes: table,
    edges: built,
    forward: rows('from'),
    reverse: rows('to'),
    gaps: [],
    explain: never,
    changes: never,
    closing: (edge) => edges[edge]?.[3] ?? { any: [] },
    fix: (_edge, change) => ({ says: change }),
  };
}
