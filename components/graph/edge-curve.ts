import { CARD, type Point } from './card.ts';

/** A cubic Bézier from the side of one card to the side of another. */
export interface Curve {
  readonly from: Point;
  readonly bend1: Point;
  readonly bend2: Point;
  readonly to: Point;
}

const HALF = CARD.width / 2;

/**
 * The line of an edge between two cards' centres: out of the right side and into the left one, as identity flows; back the other
 * way for an edge against the columns; and a bow on the right side within one column. `lane` (…-1, 0, 1…) parts parallel edges.
 */
export function edgeCurve(a: Point, b: Point, lane = 0): Curve {
  const shift = lane * 7;
  const side = b.x > a.x ? 1 : -1;
  if (Math.abs(b.x - a.x) < CARD.width) return bow(a, b, shift);
  const from = { x: a.x + side * HALF, y: a.y + shift };
  const to = { x: b.x - side * HALF, y: b.y + shift };
  const pull = side * Math.max(26, Math.abs(to.x - from.x) * 0.45);
  return { from, bend1: { x: from.x + pull, y: from.y }, bend2: { x: to.x - pull, y: to.y }, to };
}

function bow(a: Point, b: Point, shift: number): Curve {
  const reach = Math.min(90, 26 + Math.abs(b.y - a.y) * 0.12) + shift;
  const from = { x: a.x + HALF, y: a.y + 8 };
  const to = { x: b.x + HALF, y: b.y - 8 };
  return { from, bend1: { x: from.x + reach, y: from.y }, bend2: { x: to.x + reach, y: to.y }, to };
}

/** The point of a curve at `t` from 0 (start) to 1 (end). */
export function pointOn(curve: Curve, t: number): Point {
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return {
    x: a * curve.from.x + b * curve.bend1.x + c * curve.bend2.x + d * curve.to.x,
    y: a * curve.from.y + b * curve.bend1.y + c * curve.bend2.y + d * curve.to.y,
  };
}

const STEPS = 24;

/** Distance from a point to a curve, in canvas units, from 24 straight pieces of it; far-off curves answer infinity at once. */
export function distanceTo(curve: Curve, point: Point, reach: number): number {
  const xs = [curve.from.x, curve.bend1.x, curve.bend2.x, curve.to.x];
  const ys = [curve.from.y, curve.bend1.y, curve.bend2.y, curve.to.y];
  if (point.x < Math.min(...xs) - reach || point.x > Math.max(...xs) + reach) return Number.POSITIVE_INFINITY;
  if (point.y < Math.min(...ys) - reach || point.y > Math.max(...ys) + reach) return Number.POSITIVE_INFINITY;
  let nearest = Number.POSITIVE_INFINITY;
  let before = curve.from;
  for (let step = 1; step <= STEPS; step++) {
    const next = pointOn(curve, step / STEPS);
    nearest = Math.min(nearest, distanceToPiece(point, before, next));
    before = next;
  }
  return nearest;
}

function distanceToPiece(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}
