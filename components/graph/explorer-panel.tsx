'use client';
import type { UseQueryResult } from '@tanstack/react-query';
import { Tabs } from 'radix-ui';
import type { GraphAnswer, PathsAnswer } from '../../lib/api/contract.ts';
import { EdgePanel } from '../details/edge-panel.tsx';
import { NodePanel } from '../details/node-panel.tsx';
import { PathPanel } from '../details/path-panel.tsx';
import { SelectionPanel } from '../details/selection-panel.tsx';
import { StartPanel } from '../details/start-panel.tsx';
import { nodeMenuItems } from './card-menu.tsx';
import type { ExplorerActions } from './use-explorer-actions.ts';
import type { ExplorerState, SetExplorerState } from './use-explorer-state.ts';

interface PanelProps {
  readonly state: ExplorerState;
  readonly setState: SetExplorerState;
  readonly actions: ExplorerActions;
  readonly paths: UseQueryResult<PathsAnswer, Error>;
  readonly graph: GraphAnswer | undefined;
}

const TAB =
  'h-9 flex-1 border-b-2 border-transparent text-sm font-medium text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:text-text';

/** Beside the canvas: the selection or an edge in detail, and the path finder. */
export function ExplorerPanel({ state, setState, actions, paths, graph }: PanelProps) {
  return (
    <aside
      aria-label="Details"
      className="flex min-h-0 w-[22.5rem] shrink-0 flex-col border-l border-line bg-surface max-md:w-full max-md:border-l-0 max-md:border-t"
    >
      <Tabs.Root
        value={actions.tab}
        onValueChange={(tab) => actions.setTab(tab === 'path' ? 'path' : 'details')}
        className="flex min-h-0 flex-1 flex-col"
      >
        <Tabs.List aria-label="Panel" className="flex shrink-0 border-b border-line px-2">
          <Tabs.Trigger value="details" className={TAB}>
            Details
          </Tabs.Trigger>
          <Tabs.Trigger value="path" className={TAB}>
            Path finder
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="details" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
          <Details state={state} actions={actions} graph={graph} />
        </Tabs.Content>
        <Tabs.Content value="path" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
          {state.edge ? (
            <EdgePanel edge={state.edge} onClose={() => actions.openEdge(null)} onOpenWorkload={actions.openWorkload} />
          ) : (
            <PathPanel
              from={state.from ?? state.select[0] ?? null}
              to={state.to}
              chosen={state.path}
              paths={paths}
              onEnds={(ends) => void setState({ ...ends, path: 0 })}
              onChoose={(path) => void setState({ path }, { history: 'replace' })}
            />
          )}
        </Tabs.Content>
      </Tabs.Root>
    </aside>
  );
}

function Details({ state, actions, graph }: Pick<PanelProps, 'state' | 'actions' | 'graph'>) {
  if (state.edge) return <EdgePanel edge={state.edge} onClose={() => actions.openEdge(null)} onOpenWorkload={actions.openWorkload} />;
  const [only, ...others] = state.select;
  if (only === undefined) return <StartPanel graph={graph} onSelect={actions.select} />;
  if (others.length > 0) return <SelectionPanel ids={state.select} graph={graph} onRemove={(id) => actions.select(id, true)} />;
  const kind = graph?.nodes.find((node) => node.id === only)?.kind ?? 'pod';
  return (
    <NodePanel
      id={only}
      direction={state.direction}
      menu={nodeMenuItems({ id: only, kind }, actions, state.open)}
      onEdge={actions.openEdge}
      onTarget={actions.setTarget}
      onStart={actions.setStart}
    />
  );
}
