import type { Bounds, Point } from './card.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Viewport {
  readonly zoom: number;
  readonly pan: Point;
}

/** Room around the drawing in CSS pixels; the column headings lie in the top one. */
const EDGE = { top: 52, right: 22, bottom: 54, left: 22 } as const;
/** Below this a name cannot be read; above it cards look inflated. */
const READABLE = 0.7;
/** Names are still made out, and to see everything at once is worth it. */
const SMALL = 0.62;
const LARGEST = 1.05;

/** Zoom and pan that show everything, however small: what the key 0 does. */
export function fitView(bounds: Bounds, size: Size): Viewport {
  const zoom = Math.min(LARGEST, wholeZoom(bounds, size));
  return { zoom, pan: { x: alignAxis('x', { bounds, size, zoom }), y: alignAxis('y', { bounds, size, zoom }) } };
}

/** Zoom and pan to begin with: everything where names stay readable, else as much as fits around `focus`. */
export function openingView(bounds: Bounds, size: Size, focus?: Point): Viewport {
  const whole = Math.min(LARGEST, wholeZoom(bounds, size));
  const zoom = whole >= SMALL ? whole : READABLE;
  return { zoom, pan: { x: alignAxis('x', { bounds, size, zoom, focus }), y: alignAxis('y', { bounds, size, zoom, focus }) } };
}

/** The pan that brings a point to the middle at the zoom given. */
export function centredOn(point: Point, size: Size, zoom: number): Point {
  return { x: size.width / 2 - point.x * zoom, y: (size.height + EDGE.top - EDGE.bottom) / 2 - point.y * zoom };
}

/** Whether a card's centre lies well inside the view. */
export function isInView(point: Point, size: Size, { zoom, pan }: Viewport): boolean {
  const [x, y] = [point.x * zoom + pan.x, point.y * zoom + pan.y];
  return x > 70 && x < size.width - 70 && y > EDGE.top + 20 && y < size.height - 40;
}

function wholeZoom(bounds: Bounds, size: Size): number {
  const across = (size.width - EDGE.left - EDGE.right) / (bounds.right - bounds.left);
  const down = (size.height - EDGE.top - EDGE.bottom) / (bounds.bottom - bounds.top);
  return Math.max(0.03, Math.min(across, down));
}

interface Alignment {
  readonly bounds: Bounds;
  readonly size: Size;
  readonly zoom: number;
  readonly focus?: Point | undefined;
}

/** Centres what fits; else keeps the focus in view without showing more empty room than needed. */
function alignAxis(axis: 'x' | 'y', { bounds, size, zoom, focus }: Alignment): number {
  const [low, high, first, last, length] =
    axis === 'x'
      ? [bounds.left, bounds.right, EDGE.left, EDGE.right, size.width]
      : [bounds.top, bounds.bottom, EDGE.top, EDGE.bottom, size.height];
  const room = length - first - last;
  const needed = (high - low) * zoom;
  if (needed <= room) return first + (room - needed) / 2 - low * zoom;
  const wished = focus ? first + room / 2 - focus[axis] * zoom : first - low * zoom;
  return Math.min(first - low * zoom, Math.max(length - last - high * zoom, wished));
}
