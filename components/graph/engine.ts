import type { Core, EventObject } from 'cytoscape';
import type { Point } from './card.ts';
import { CARD } from './card.ts';
import type { DrawnGraph } from './drawn-graph.ts';
import { elementsOf } from './elements.ts';
import type { Viewport } from './opening-view.ts';

export interface EngineEvents {
  /** A tap on a card, or on free canvas (`undefined`), at a place in canvas units. */
  readonly onTap: (node: string | undefined, at: Point, more: boolean) => void;
  readonly onMenu: (node: string | undefined, at: Point, screen: Point) => void;
  readonly onHover: (node: string | undefined, at: Point | undefined) => void;
  readonly onViewport: () => void;
}

/**
 * One Cytoscape instance: viewport, gestures of mouse, pen and fingers, and which card is under them. It paints nothing itself:
 * cards have two kinds of text and edges are S curves, and repainting 1,500 of them on our own canvas takes about 25 ms without a GPU, where
 * changing the classes of that many Cytoscape elements takes 400 (stack.md section 4). Its own edges stay hidden.
 */
export interface Engine {
  readonly show: (graph: DrawnGraph, positions: ReadonlyMap<string, Point>) => void;
  readonly viewport: () => Viewport;
  readonly setViewport: (viewport: Viewport) => void;
  /** Zooms about the middle of the view. */
  readonly zoomBy: (factor: number) => void;
  readonly destroy: () => void;
}

/** Loads Cytoscape (once, lazily: it is large) and starts it on an empty element. */
export async function createEngine(container: HTMLElement, events: EngineEvents): Promise<Engine> {
  const { default: cytoscape } = await import('cytoscape');
  const core = cytoscape({
    container,
    minZoom: 0.04,
    maxZoom: 3,
    autoungrabify: true,
    autounselectify: true,
    boxSelectionEnabled: false,
    pixelRatio: 1,
    style: [
      {
        selector: 'node',
        style: { shape: 'round-rectangle', width: CARD.width, height: CARD.height, 'background-opacity': 0, 'overlay-opacity': 0 },
      },
      { selector: 'edge', style: { visibility: 'hidden' } },
    ],
    layout: { name: 'preset' },
  });
  listen(core, events);
  return {
    show: (graph, positions) => {
      core.batch(() => {
        core.elements().remove();
        core.add(elementsOf(graph, positions));
      });
    },
    viewport: () => ({ zoom: core.zoom(), pan: { ...core.pan() } }),
    setViewport: ({ zoom, pan }) => core.viewport({ zoom, pan: { ...pan } }),
    zoomBy: (factor) => core.zoom({ level: core.zoom() * factor, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } }),
    destroy: () => core.destroy(),
  };
}

function listen(core: Core, events: EngineEvents): void {
  const nodeOf = (event: EventObject): string | undefined => (event.target === core ? undefined : event.target.data('node'));
  core.on('viewport resize', events.onViewport);
  core.on('tap', (event) => {
    const pressed = event.originalEvent as MouseEvent | undefined;
    events.onTap(nodeOf(event), event.position, Boolean(pressed?.shiftKey || pressed?.ctrlKey || pressed?.metaKey));
  });
  core.on('cxttap taphold', (event) => events.onMenu(nodeOf(event), event.position, event.renderedPosition));
  core.on('mousemove', (event) => events.onHover(nodeOf(event), event.position));
  core.on('mouseout', (event) => {
    if (event.target === core) events.onHover(undefined, undefined);
  });
}
