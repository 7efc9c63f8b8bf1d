import type { UseQueryResult } from '@tanstack/react-query';
import type { GraphAnswer } from '../../lib/api/contract.ts';
import type { CanvasHandle } from './canvas-handle.ts';
import type { Drawing } from './use-drawing.ts';
import type { ExplorerActions } from './use-explorer-actions.ts';
import type { ExplorerState } from './use-explorer-state.ts';

/** What the stage and the canvas on it are given. */
export interface StageProps {
  readonly state: ExplorerState;
  readonly drawing: Drawing;
  readonly graph: UseQueryResult<GraphAnswer, Error>;
  readonly actions: ExplorerActions;
  readonly canvas: React.RefObject<CanvasHandle | null>;
  /** The path finder has an answer, and that is what is drawn. */
  readonly pathView: boolean;
}
