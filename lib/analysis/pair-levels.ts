import type { Graph } from '../graph/model.ts';
import { certainPart } from './closed-graph.ts';
import { eachTargetWord } from './target-counts.ts';

/** Whether a source reaches a target: not at all, only conditionally, or surely. */
export type PairLevel = 0 | 1 | 2;

/** Levels of all pairs of sources and targets, 32 targets a word. */
export interface PairLevels {
  readonly words: number;
  readonly all: Int32Array;
  readonly certain: Int32Array;
}

function wordsOf(graph: Graph, groups: readonly (readonly number[])[], targets: readonly number[]): Int32Array {
  const words = Math.ceil(targets.length / 32);
  const found = new Int32Array(words * groups.length);
  eachTargetWord(graph, { groups, targets, closed: new Uint8Array(graph.edges.count) }, (first, row) => {
    const word = first / 32;
    for (let group = 0; group < row.length; group += 1) found[group * words + word] = row[group] as number;
  });
  return found;
}

/** What each group of starts reaches of the targets; a target of -1 is not there and reached by nobody. Linear in the edges for every 32 targets. */
export function pairLevels(
  graph: Graph,
  { groups, targets }: { readonly groups: readonly (readonly number[])[]; readonly targets: readonly number[] },
): PairLevels {
  return {
    words: Math.ceil(targets.length / 32),
    all: wordsOf(graph, groups, targets),
    certain: wordsOf(certainPart(graph), groups, targets),
  };
}

/** The level of one pair. */
export function levelAt({ words, all, certain }: PairLevels, group: number, target: number): PairLevel {
  const place = group * words + (target >>> 5);
  const bit = 1 << (target & 31);
  if (((certain[place] as number) & bit) !== 0) return 2;
  return ((all[place] as number) & bit) !== 0 ? 1 : 0;
}
