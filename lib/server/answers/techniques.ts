import type { TechniquesAnswer } from '../../api/contract.ts';
import { techniqueAt } from '../../graph/read.ts';
import { techniques } from '../../graph/techniques/index.ts';
import type { Dataset } from '../dataset.ts';

/** Every technique with how many edges it found, zero included: what was looked for is part of the answer. */
export function techniquesAnswer({ graph }: Dataset): TechniquesAnswer {
  const counts = new Map<string, number>();
  for (let edge = 0; edge < graph.edges.count; edge += 1)
    counts.set(techniqueAt(graph, edge), (counts.get(techniqueAt(graph, edge)) ?? 0) + 1);
  return {
    techniques: Object.values(techniques).map(({ id, title, class: group, precondition, coverage, attck }) => ({
      id,
      title,
      class: group,
      precondition,
      coverage: coverage.level === 'full' ? 'full' : `misses ${coverage.misses}`,
      attck,
      edges: counts.get(id) ?? 0,
    })),
  };
}
