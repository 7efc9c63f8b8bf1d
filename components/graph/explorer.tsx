'use client';
import { useEffect, useRef, useState } from 'react';
import { useGraph } from '../api/use-graph.ts';
import { usePaths } from '../api/use-paths.ts';
import { ErrorState } from '../ui/error-state.tsx';
import type { CanvasHandle } from './canvas-handle.ts';
import { ExplorerPanel } from './explorer-panel.tsx';
import { ExplorerStage } from './explorer-stage.tsx';
import { ExplorerToolbar } from './explorer-toolbar.tsx';
import { useDrawing } from './use-drawing.ts';
import { useExplorerActions } from './use-explorer-actions.ts';
import { useExplorerState } from './use-explorer-state.ts';

const PATHS = 5;

/** The Explorer: toolbar on top, canvas or table, panel beside it (below it on a telephone). All of its state is in the URL. */
export function Explorer() {
  const [state, setState] = useExplorerState();
  const canvas = useRef<CanvasHandle>(null);
  const actions = useExplorerActions(state, setState);
  const { select, direction, depth, classes, certainty, open } = state;
  const graph = useGraph({ select, direction, depth: depth ?? undefined, classes: classes ?? undefined, certainty, open });
  const pathOpen = actions.tab === 'path';
  const from = state.from ?? select[0];
  const paths = usePaths({ from: pathOpen ? from : undefined, to: pathOpen ? (state.to ?? undefined) : undefined, k: PATHS });
  const answered =
    pathOpen &&
    from &&
    state.to &&
    paths.data &&
    paths.data.from.id === from &&
    paths.data.to.id === state.to &&
    paths.data.paths.length > 0;
  const drawing = useDrawing(graph.data, answered ? paths.data : undefined, state);
  const [exportError, setExportError] = useState<Error>();
  useTitle(state.select[0]);
  return (
    <div className="flex flex-col md:h-[calc(100dvh-var(--topbar)-var(--dock))]">
      <h1 className="sr-only">Explorer</h1>
      <ExplorerToolbar
        state={state}
        setState={setState}
        actions={actions}
        drawing={drawing}
        canvas={canvas}
        onExportError={setExportError}
      />
      {(graph.error ?? exportError) && (
        <div className="p-3">
          <ErrorState
            error={(graph.error ?? exportError) as Error}
            kept={graph.data !== undefined}
            onRetry={() => (exportError ? setExportError(undefined) : void graph.refetch())}
          />
        </div>
      )}
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <ExplorerStage state={state} drawing={drawing} graph={graph} actions={actions} canvas={canvas} pathView={Boolean(answered)} />
        {state.panel === 'open' && <ExplorerPanel state={state} setState={setState} actions={actions} paths={paths} graph={graph.data} />}
      </div>
    </div>
  );
}

/** The tab of the browser says what is looked at. */
function useTitle(selected: string | undefined): void {
  useEffect(() => {
    document.title = selected === undefined ? 'Explorer · Podreach' : `${selected} · Explorer · Podreach`;
  }, [selected]);
}
