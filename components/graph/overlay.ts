import type { CanvasActions } from './canvas-handle.ts';
import { CARD, type Point } from './card.ts';
import type { DrawnGraph } from './drawn-graph.ts';
import { edgeAt } from './edge-at.ts';
import { createEngine, type Engine } from './engine.ts';
import type { Layout } from './layout.ts';
import { centredOn, fitView, isInView, openingView, type Size } from './opening-view.ts';
import { type Marks, paintScene } from './paint-scene.ts';
import { type Palette, readPalette } from './palette.ts';
import type { Scene } from './scene.ts';

/** How near the pointer has to be to an edge, in CSS pixels. */
const EDGE_REACH = 8;

/**
 * The picture: a canvas of our own above Cytoscape's, repainted at most once a frame when the viewport, the scene or the theme
 * changes. `strip` holds the column headings; its children carry `data-x` and follow the viewport.
 */
export class Overlay {
  palette: Palette;
  private engine!: Engine;
  private readonly ground = document.createElement('div');
  private readonly canvas = document.createElement('canvas');
  private readonly context: CanvasRenderingContext2D;
  private readonly observer: ResizeObserver;
  private readonly texts = new Map<string, readonly string[]>();
  private readonly stopWatching: () => void;
  private readonly host: HTMLElement;
  private readonly actions: () => CanvasActions;
  private readonly strip: HTMLElement | null;
  private layout: Layout | undefined;
  private scene: Scene | undefined;
  private marks: Marks = {};
  private viewKey: string | undefined;
  private frame = 0;

  private constructor(host: HTMLElement, actions: () => CanvasActions, strip: HTMLElement | null) {
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('the browser gives no canvas to draw on; use the table instead');
    this.host = host;
    this.actions = actions;
    this.strip = strip;
    this.context = context;
    this.palette = readPalette(host);
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    this.observer = new ResizeObserver(() => this.schedule());
    this.stopWatching = watchTheme(() => this.repaint());
  }

  static async create(host: HTMLElement, actions: () => CanvasActions, strip: HTMLElement | null): Promise<Overlay> {
    await document.fonts.ready;
    const overlay = new Overlay(host, actions, strip);
    overlay.ground.style.cssText = 'position:absolute;inset:0;width:100%;height:100%';
    host.append(overlay.ground, overlay.canvas);
    overlay.engine = await createEngine(overlay.ground, {
      onTap: (node, at, more) => overlay.tapped(node, at, more),
      onMenu: (node, _at, screen) => node !== undefined && overlay.actions().onMenu(node, screen),
      onHover: (node, at) => overlay.hovered(node, at),
      onViewport: () => overlay.schedule(),
    });
    overlay.observer.observe(host);
    return overlay;
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.stopWatching();
    this.engine.destroy();
    this.ground.remove();
    this.canvas.remove();
  }

  /** Takes new cards; moves the view only where `view.key` is new or the anchor went out of sight. */
  show(graph: DrawnGraph, layout: Layout, view: { readonly key: string; readonly anchor: string | undefined }): void {
    this.layout = layout;
    this.engine.show(graph, layout.positions);
    const anchor = view.anchor === undefined ? undefined : layout.positions.get(view.anchor);
    const isThere = anchor === undefined || isInView(anchor, this.size(), this.engine.viewport());
    if (view.key === this.viewKey && isThere) return;
    this.viewKey = view.key;
    this.engine.setViewport(openingView(layout.bounds, this.size(), anchor));
    this.schedule();
  }

  draw(scene: Scene, focus: string | undefined): void {
    this.scene = scene;
    this.marks = { ...this.marks, focus };
    this.schedule();
  }

  fit(): void {
    if (this.layout) this.engine.setViewport(fitView(this.layout.bounds, this.size()));
  }

  zoomBy(factor: number): void {
    this.engine.zoomBy(factor);
  }

  reveal(id: string): void {
    const at = this.layout?.positions.get(id);
    const viewport = this.engine.viewport();
    if (at && !isInView(at, this.size(), viewport))
      this.engine.setViewport({ zoom: viewport.zoom, pan: centredOn(at, this.size(), viewport.zoom) });
  }

  placeOf(id: string): Point | undefined {
    const at = this.layout?.positions.get(id);
    return at && this.onScreen(at);
  }

  private onScreen(at: Point): Point {
    const { zoom, pan } = this.engine.viewport();
    return { x: at.x * zoom + pan.x, y: at.y * zoom + pan.y };
  }

  private size(): Size {
    return { width: this.host.clientWidth || 1, height: this.host.clientHeight || 1 };
  }

  private tapped(node: string | undefined, at: Point, more: boolean): void {
    const line = node === undefined ? this.lineAt(at) : undefined;
    if (node !== undefined) this.actions().onCard(node, more);
    else if (line) this.actions().onEdge(line);
    else this.actions().onNothing();
  }

  private hovered(node: string | undefined, at: Point | undefined): void {
    const line = node === undefined && at ? this.lineAt(at) : undefined;
    this.host.style.cursor = node !== undefined || line ? 'pointer' : 'grab';
    if (this.marks.hover !== node || this.marks.hoverEdge !== line?.edge.id) {
      this.marks = { ...this.marks, hover: node, hoverEdge: line?.edge.id };
      this.schedule();
    }
    const what = node !== undefined ? { card: node } : line && { line };
    this.actions().onHover(what, at ? this.onScreen(at) : { x: 0, y: 0 });
  }

  private lineAt(at: Point) {
    return this.scene && edgeAt(this.scene, at, EDGE_REACH / this.engine.viewport().zoom);
  }

  private repaint(): void {
    this.palette = readPalette(this.host);
    this.schedule();
  }

  private schedule(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    const { width, height } = this.size();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    if (this.canvas.width !== Math.round(width * ratio)) this.canvas.width = Math.round(width * ratio);
    if (this.canvas.height !== Math.round(height * ratio)) this.canvas.height = Math.round(height * ratio);
    const { zoom, pan } = this.engine.viewport();
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    // Even letter spacing at every zoom: hinting is made for whole pixel sizes.
    this.context.textRendering = 'geometricPrecision';
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.context.setTransform(zoom * ratio, 0, 0, zoom * ratio, pan.x * ratio, pan.y * ratio);
    const brush = { context: this.context, palette: this.palette, zoom, texts: this.texts };
    if (this.scene) paintScene(brush, this.scene, { zoom, pan, width, height }, this.marks);
    this.moveHeadings(zoom, pan.x);
  }

  private moveHeadings(zoom: number, panX: number): void {
    for (const heading of this.strip?.children ?? []) {
      if (!(heading instanceof HTMLElement)) continue;
      heading.style.width = `${(CARD.width + 24) * zoom}px`;
      heading.style.transform = `translateX(${Number(heading.dataset.x) * zoom + panX}px) translateX(-50%)`;
    }
  }
}

/** Calls when the system's or the page's theme changes. */
function watchTheme(onChange: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
  media.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', onChange);
  };
}
