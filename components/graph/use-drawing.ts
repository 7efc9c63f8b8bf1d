'use client';
import { useMemo } from 'react';
import { COLUMNS, type GraphAnswer, type PathsAnswer } from '../../lib/api/contract.ts';
import { drawnGraph } from './drawn-graph.ts';
import { foldAlike } from './fold.ts';
import { layeredLayout } from './layout.ts';
import { pathGraph, pathHeadings } from './path-graph.ts';
import { type Scene, sceneOf } from './scene.ts';
import { snakeLayout } from './snake-layout.ts';
import type { ExplorerState } from './use-explorer-state.ts';

/** Fewest nodes that nothing tells apart that are drawn as one stack. */
const LEAST_ALIKE = 5;

/** What is drawn, where, and what of it stands out. `paths` given: the path finder is open and has an answer. */
export function useDrawing(answer: GraphAnswer | undefined, paths: PathsAnswer | undefined, state: ExplorerState) {
  const { select, unstack, hide, path, direction, edge } = state;
  const base = useMemo(() => {
    if (paths) {
      const { graph, chosen, steps } = pathGraph(paths, Math.min(path, paths.paths.length - 1));
      return { graph, stacks: new Map(), chosen, headings: pathHeadings(steps) };
    }
    const whole = drawnGraph(answer ?? { nodes: [], edges: [] }, new Set(hide));
    const folded = foldAlike(whole, { least: LEAST_ALIKE, opened: new Set(unstack), kept: new Set(select) });
    return { ...folded, chosen: undefined, headings: undefined };
  }, [answer, paths, path, hide, unstack, select]);
  const layout = useMemo(() => {
    const layered = layeredLayout(base.graph);
    return base.chosen ? snakeLayout(layered) : layered;
  }, [base]);
  const scene = useMemo(
    (): Scene =>
      sceneOf(base.graph, {
        positions: layout.positions,
        selected: new Set(select),
        direction,
        ...(base.chosen && { path: base.chosen }),
        ...(edge && { edge }),
        ...(paths && { start: paths.from.id, target: paths.to.id }),
      }),
    [base, layout, select, direction, paths, edge],
  );
  const headings = base.headings ?? layout.columns.map(({ column }) => COLUMNS[column] ?? '');
  return { ...base, layout, scene, headings };
}

export type Drawing = ReturnType<typeof useDrawing>;
