'use client';
import { useMemo } from 'react';
import { useCount } from '../api/use-count.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { NoPods } from '../ui/no-pods.tsx';
import { CanvasView } from './canvas-view.tsx';
import { GraphTable } from './graph-table.tsx';
import { OmittedNote } from './omitted-note.tsx';
import type { StageProps } from './stage-props.ts';
import { StageSkeleton } from './stage-skeleton.tsx';
import { stageTitle } from './stage-title.ts';
import type { ExplorerActions } from './use-explorer-actions.ts';
import type { ExplorerState } from './use-explorer-state.ts';

/** The canvas with what lies over it, or the table of the same. */
export function ExplorerStage(props: StageProps) {
  const { state, drawing, graph, actions, pathView } = props;
  const title = stageTitle(state, pathView);
  const count = `${drawing.graph.nodes.length} nodes and ${drawing.graph.edges.length} edges`;
  const nodes = useMemo(() => new Map(drawing.graph.nodes.map((node) => [node.id, node])), [drawing.graph]);
  if (graph.data === undefined && !pathView) return <StageSkeleton failed={graph.error !== null} />;
  return (
    <section aria-label="Graph" className="relative min-h-0 min-w-0 flex-1 max-md:h-[62dvh] max-md:flex-none">
      {state.view === 'table' ? (
        <GraphTable
          drawing={drawing}
          actions={actions}
          selected={state.select}
          caption={`${title}: ${count}`}
          direction={state.direction}
        />
      ) : nodes.size === 0 ? (
        <NothingDrawn state={state} actions={actions} />
      ) : (
        <CanvasView {...props} nodes={nodes} title={`${title}: ${count}`} />
      )}
      {!pathView && <OmittedNote omitted={graph.data?.omitted ?? []} drawing={drawing} state={state} actions={actions} />}
    </section>
  );
}

function NothingDrawn({ state, actions }: { state: ExplorerState; actions: ExplorerActions }) {
  const pods = useCount('pod');
  if (state.select.length === 0) {
    if (pods === 0) return <NoPods />;
    return (
      <EmptyState title="No risky chains" icon="shield">
        Nothing that was read leads from a workload to cluster admin, a node or a cloud administrator. Press / and search for a pod to see
        what it reaches.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing to draw" actions={<Button onClick={actions.clear}>Clear selection</Button>}>
      The selection has no edges under these filters. Raise the depth, switch classes back on, or select something else.
    </EmptyState>
  );
}
