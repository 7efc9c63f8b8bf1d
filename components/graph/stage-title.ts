import { oneLine } from './label.ts';
import type { ExplorerState } from './use-explorer-state.ts';

/** What is drawn, in words: `what pod:shop/api-0 can reach`. */
export function stageTitle(state: Pick<ExplorerState, 'select' | 'direction'>, pathView: boolean): string {
  if (pathView) return 'paths from start to target';
  const [only, ...others] = state.select;
  if (only === undefined) return 'the riskiest chains';
  const who = others.length === 0 ? oneLine(only) : `${state.select.length} nodes`;
  return state.direction === 'forward' ? `what ${who} can reach` : `what can reach ${who}`;
}
