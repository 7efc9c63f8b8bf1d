'use client';
import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { CanvasActions, CanvasHandle } from './canvas-handle.ts';
import { ColumnHeadings } from './column-headings.tsx';
import type { DrawnGraph } from './drawn-graph.ts';
import type { Layout } from './layout.ts';
import { Overlay } from './overlay.ts';
import type { Scene } from './scene.ts';

export interface GraphCanvasProps {
  readonly graph: DrawnGraph;
  readonly layout: Layout;
  readonly scene: Scene;
  /** Titles of `layout.columns`, in their order. */
  readonly headings: readonly string[];
  /** Where the keyboard is. */
  readonly focus: string | undefined;
  /** What the view begins at; the view stays where it is as long as `viewKey` does. */
  readonly anchor: string | undefined;
  readonly viewKey: string;
  readonly actions: CanvasActions;
  readonly label: string;
  readonly describedBy: string;
  readonly handle: React.Ref<CanvasHandle>;
  readonly onKeyDown: (event: React.KeyboardEvent) => void;
}

/** The drawing: one Cytoscape instance for gestures, our canvas above it for the picture. Knows nothing of what it draws. */
export function GraphCanvas({
  graph,
  layout,
  scene,
  headings,
  focus,
  anchor,
  viewKey,
  actions,
  label,
  describedBy,
  handle,
  onKeyDown,
}: GraphCanvasProps) {
  const host = useRef<HTMLDivElement>(null);
  const strip = useRef<HTMLDivElement>(null);
  const [overlay, setOverlay] = useState<Overlay>();
  const latest = useRef(actions);
  latest.current = actions;
  useImperativeHandle(
    handle,
    () => ({
      focus: () => host.current?.focus(),
      fit: () => overlay?.fit(),
      zoomBy: (factor) => overlay?.zoomBy(factor),
      reveal: (id) => overlay?.reveal(id),
      placeOf: (id) => overlay?.placeOf(id),
      palette: () => overlay?.palette,
    }),
    [overlay],
  );
  useEffect(() => {
    if (!host.current) return;
    let gone = false;
    let made: Overlay | undefined;
    void Overlay.create(host.current, () => latest.current, strip.current).then((created) => {
      made = created;
      if (gone) created.destroy();
      else setOverlay(created);
    });
    return () => {
      gone = true;
      made?.destroy();
      setOverlay(undefined);
    };
  }, []);
  useEffect(() => overlay?.show(graph, layout, { key: viewKey, anchor }), [overlay, graph, layout, viewKey, anchor]);
  useEffect(() => overlay?.draw(scene, focus), [overlay, scene, focus]);
  return (
    <div className="relative size-full overflow-hidden bg-canvas">
      <div
        ref={host}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: role application is interactive: arrow keys move among the cards
        tabIndex={0}
        aria-label={label}
        aria-describedby={describedBy}
        aria-roledescription="graph"
        onKeyDown={onKeyDown}
        onContextMenu={(event) => event.preventDefault()}
        className="absolute inset-0 touch-none focus-visible:-outline-offset-2"
      />
      <ColumnHeadings ref={strip} columns={layout.columns} headings={headings} />
    </div>
  );
}
