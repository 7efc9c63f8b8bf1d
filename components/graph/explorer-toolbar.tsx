'use client';
import { Button, IconButton } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Popover } from '../ui/popover.tsx';
import { Segmented } from '../ui/segmented.tsx';
import type { CanvasHandle } from './canvas-handle.ts';
import { DepthSlider } from './depth-slider.tsx';
import { ExportMenu } from './export-menu.tsx';
import { CLASS_LABELS, CLASSES } from './technique-classes.ts';
import type { Drawing } from './use-drawing.ts';
import type { ExplorerActions } from './use-explorer-actions.ts';
import type { ExplorerState, SetExplorerState } from './use-explorer-state.ts';

interface ToolbarProps {
  readonly state: ExplorerState;
  readonly setState: SetExplorerState;
  readonly actions: ExplorerActions;
  readonly drawing: Drawing;
  readonly canvas: React.RefObject<CanvasHandle | null>;
  readonly onExportError: (error: Error) => void;
}

/** Which question is asked of the graph, and how its answer is shown. */
export function ExplorerToolbar({ state, setState, actions, drawing, canvas, onExportError }: ToolbarProps) {
  const finding = actions.tab === 'path';
  const chosen = state.select.length > 0 && !finding;
  return (
    <div
      role="toolbar"
      aria-label="Explorer"
      className="flex flex-wrap items-center gap-2 border-b max-md:flex-nowrap max-md:overflow-x-auto max-md:[&>*]:shrink-0 border-line bg-surface px-3 py-2 print:hidden"
    >
      {chosen && (
        <>
          <Segmented
            label="Direction"
            value={state.direction}
            onChange={(direction) => void setState({ direction })}
            segments={[
              { value: 'forward', label: 'What falls' },
              { value: 'reverse', label: 'Who can reach this' },
            ]}
          />
          <DepthSlider depth={state.depth} onChange={(depth) => void setState({ depth }, { history: 'replace' })} />
          <Filters state={state} setState={setState} />
        </>
      )}
      {!chosen && !finding && (
        <p className="text-sm text-muted">
          Riskiest chains. Select a card, or press <kbd className="rounded border border-line-strong px-1 font-mono text-xs">/</kbd> to
          search.
        </p>
      )}
      {finding && <p className="text-sm text-muted">Every step from start to target, the easiest path first.</p>}
      <div className="flex-1" />
      {(chosen || finding) && (
        <Button look="ghost" icon="close" onClick={actions.clear}>
          Clear
        </Button>
      )}
      <Button
        icon="explorer"
        aria-pressed={actions.tab === 'path'}
        onClick={() =>
          void setState({
            tab: actions.tab === 'path' ? 'details' : 'path',
            edge: null,
            panel: 'open',
            from: state.from ?? state.select[0] ?? null,
          })
        }
      >
        Find path
      </Button>
      <Segmented
        label="View"
        value={state.view}
        onChange={(view) => void setState({ view })}
        segments={[
          { value: 'canvas', label: 'Canvas' },
          { value: 'table', label: 'Table' },
        ]}
      />
      <ExportMenu
        scene={drawing.scene}
        canvas={canvas}
        onError={onExportError}
        disabled={state.view === 'table' || drawing.graph.nodes.length === 0}
      />
      <IconButton
        label={state.panel === 'open' ? 'Close panel' : 'Open panel'}
        icon="panel"
        pressed={state.panel === 'open'}
        onClick={() => void setState({ panel: state.panel === 'open' ? 'closed' : 'open' }, { history: 'replace' })}
      />
    </div>
  );
}

function Filters({ state, setState }: Pick<ToolbarProps, 'state' | 'setState'>) {
  const on = new Set(state.classes ?? CLASSES);
  const off = CLASSES.length - on.size + (state.certainty === 'certain' ? 1 : 0);
  const toggle = (one: (typeof CLASSES)[number], checked: boolean) => {
    const next = CLASSES.filter((each) => (each === one ? checked : on.has(each)));
    void setState({ classes: next.length === CLASSES.length ? null : [...next] });
  };
  return (
    <Popover label="Filters" trigger={<Button icon="filter">{off === 0 ? 'Filters' : `Filters (${off})`}</Button>} className="w-72">
      <fieldset>
        <legend className="mb-1 text-xs font-semibold text-muted">Ways that count</legend>
        {CLASSES.map((one) => (
          <div key={one} className="py-0.5">
            <Checkbox
              label={
                <span>
                  {CLASS_LABELS[one].label} <span className="text-xs text-muted">{CLASS_LABELS[one].says}</span>
                </span>
              }
              checked={on.has(one)}
              onChange={(checked) => toggle(one, checked)}
              disabled={on.size === 1 && on.has(one)}
            />
          </div>
        ))}
      </fieldset>
      <div className="mt-2 border-t border-line pt-2">
        <Checkbox
          label="Certain only"
          checked={state.certainty === 'certain'}
          onChange={(checked) => void setState({ certainty: checked ? 'certain' : 'all' })}
        />
      </div>
    </Popover>
  );
}
