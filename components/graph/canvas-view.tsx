'use client';
import { useId, useState } from 'react';
import type { CanvasNode } from '../../lib/api/contract.ts';
import type { CanvasActions } from './canvas-handle.ts';
import type { Point } from './card.ts';
import { CardMenu } from './card-menu.tsx';
import { describeCard } from './describe-card.ts';
import { GraphCanvas } from './graph-canvas.tsx';
import { GraphLegend } from './graph-legend.tsx';
import { type Hovered, HoverNote } from './hover-note.tsx';
import type { SceneLine } from './scene.ts';
import type { StageProps } from './stage-props.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

type CanvasViewProps = StageProps & { readonly nodes: ReadonlyMap<string, CanvasNode>; readonly title: string };

/** The canvas, its legend, zoom, tooltip and menu, and what a screen reader hears of it. */
export function CanvasView({ state, drawing, graph, actions, canvas, pathView, nodes, title }: CanvasViewProps) {
  const [hovered, setHovered] = useState<Hovered>();
  const [menu, setMenu] = useState<{ id: string; at: Point }>();
  const keysHelp = useId();
  const openMenu = (id: string, at: Point) => setMenu({ id, at });
  const { focus, setFocus, onKeyDown } = useCanvasKeys({ drawing, state, actions, canvas, openMenu });
  const focused = focus === undefined ? undefined : nodes.get(focus);
  const canvasActions: CanvasActions = {
    onCard: (id, more) => {
      setFocus(id);
      actions.select(id, more);
    },
    onEdge: (line) => openLine(line, actions.openEdge),
    onNothing: () => state.edge && actions.openEdge(null),
    onMenu: openMenu,
    onHover: (what, at) => setHovered(what && { ...what, at }),
  };
  const viewKey = useSettledKey(
    JSON.stringify([state.select, state.direction, pathView && [state.from, state.to]]),
    !graph.isPlaceholderData,
  );
  const verdict = state.select.length > 0 && !pathView ? graph.data?.summary?.verdict : undefined;
  return (
    <>
      <p className="sr-only" aria-live="polite">
        {focused ? describeCard(focused, state.direction) : title}
        {focused?.hops === 0 || !focused ? verdict && `. ${verdict}` : ''}
      </p>
      <GraphCanvas
        graph={drawing.graph}
        layout={drawing.layout}
        scene={drawing.scene}
        headings={drawing.headings}
        focus={focus}
        anchor={state.select[0]}
        viewKey={viewKey}
        actions={canvasActions}
        label={`Graph of ${title}`}
        describedBy={keysHelp}
        handle={canvas}
        onKeyDown={onKeyDown}
      />
      <p id={keysHelp} className="sr-only">
        Arrow keys move among the cards, Enter selects, Shift and Enter adds, Escape clears, plus and minus zoom, 0 shows all, the menu key
        opens actions. The table shows the same.
      </p>
      <div
        className={`pointer-events-none absolute inset-0 top-9 bg-canvas/55 transition-opacity duration-200 ${graph.isPlaceholderData ? 'opacity-100 delay-150' : 'opacity-0'}`}
        aria-hidden="true"
      />
      <GraphLegend lit={!pathView && drawing.graph.nodes.some((node) => node.hops !== undefined)} direction={state.direction} />
      <ZoomButtons canvas={canvas} />
      {!menu && <HoverNote hovered={hovered} nodes={nodes} />}
      {menu && (
        <CardMenu
          node={nodes.get(menu.id)}
          at={menu.at}
          actions={actions}
          opened={state.open}
          onClose={() => setMenu(undefined)}
          giveBackFocus={() => canvas.current?.focus()}
        />
      )}
    </>
  );
}

/** The key of what is on screen: while the next answer is on its way, that is still the one before. */
function useSettledKey(key: string, settled: boolean): string {
  const [shown, setShown] = useState(key);
  if (settled && shown !== key) setShown(key);
  return settled ? key : shown;
}

/** Opens the card of an edge. A stack's edge stands for many: its members have to be shown first. */
function openLine(
  { edge }: SceneLine,
  open: (edge: { from: string; to: string; technique: SceneLine['edge']['techniques'][number] }) => void,
): void {
  const [technique] = edge.techniques;
  if (technique === undefined || edge.from.startsWith('stack:') || edge.to.startsWith('stack:')) return;
  open({ from: edge.from, to: edge.to, technique });
}
