import type { Point } from './card.ts';
import type { DrawnGraph } from './drawn-graph.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The card that an arrow key goes to: left and right along an edge to a neighbour on that side (the nearest in height), else to the
 * nearest card of the next column there; up and down within the column. Stays where it is when there is none.
 */
export function moveFocus(graph: DrawnGraph, positions: ReadonlyMap<string, Point>, from: string, direction: Direction): string {
  const here = positions.get(from);
  if (!here) return firstCard(positions) ?? from;
  if (direction === 'up' || direction === 'down') return nearestInColumn(positions, from, here, direction) ?? from;
  const side = direction === 'right' ? 1 : -1;
  const neighbours: [string, Point][] = [];
  for (const edge of graph.edges) {
    const other = edge.from === from ? edge.to : edge.to === from ? edge.from : undefined;
    const at = other === undefined ? undefined : positions.get(other);
    if (other !== undefined && at && (at.x - here.x) * side > 0) neighbours.push([other, at]);
  }
  return (
    nearest(neighbours, here) ??
    nearest(
      [...positions].filter(([, at]) => (at.x - here.x) * side > 0),
      here,
    ) ??
    from
  );
}

/** Where the keyboard begins when nothing is selected: the top of the first column. */
export function firstCard(positions: ReadonlyMap<string, Point>): string | undefined {
  let first: [string, Point] | undefined;
  for (const [id, at] of positions) {
    if (!first || at.x < first[1].x || (at.x === first[1].x && at.y < first[1].y)) first = [id, at];
  }
  return first?.[0];
}

function nearestInColumn(positions: ReadonlyMap<string, Point>, from: string, here: Point, direction: 'up' | 'down'): string | undefined {
  const side = direction === 'down' ? 1 : -1;
  const column = [...positions].filter(([id, at]) => id !== from && at.x === here.x && (at.y - here.y) * side > 0);
  return nearest(column, here);
}

/** By column first, then by height. */
function nearest(cards: readonly [string, Point][], here: Point): string | undefined {
  let best: string | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const [id, at] of cards) {
    const far = Math.abs(at.x - here.x) * 1e6 + Math.abs(at.y - here.y);
    if (far >= distance) continue;
    distance = far;
    best = id;
  }
  return best;
}
