import { type Bounds, boundsOf, CARD, type Point, ROOM } from './card.ts';
import type { DrawnGraph } from './drawn-graph.ts';
import { type Slots, slotsOf } from './layout-slots.ts';
import { placeColumn } from './place-column.ts';

/** One column with at least one card; `x` is its centre. */
export interface LaidColumn {
  readonly column: number;
  readonly x: number;
  readonly count: number;
}

export interface Layout {
  readonly positions: ReadonlyMap<string, Point>;
  readonly columns: readonly LaidColumn[];
  readonly bounds: Bounds;
}

const ORDER_SWEEPS = 6;
const PLACE_SWEEPS = 6;

/**
 * Where every card goes: columns as the API says, empty ones left out; within a column, namespaces together, in the order that
 * crosses few edges (barycentre sweeps, Sugiyama 1981), each card as near the middle of its neighbours as room allows.
 * Pure and deterministic: the order of the input makes no difference. Linear in edges but for the sorting.
 */
export function layeredLayout(graph: DrawnGraph): Layout {
  const slots = slotsOf(graph);
  const columns = columnsOf(slots);
  const row = new Float64Array(slots.ids.length);
  for (const column of columns) numberRows(column, row);
  for (let sweep = 0; sweep < ORDER_SWEEPS; sweep++) {
    for (const column of inTurn(columns, sweep)) orderColumn(column, slots, row);
  }
  const y = new Float64Array(slots.ids.length);
  for (const column of columns) {
    const height = column.length * (CARD.height + ROOM.row);
    placeColumn({ column, group: slots.group, y, wishOf: (node) => ((row[node] ?? 0) - 0.5) * height });
  }
  for (let sweep = 0; sweep < PLACE_SWEEPS; sweep++) {
    for (const column of inTurn(columns, sweep)) placeColumn({ column, group: slots.group, y, wishOf: (node) => meanOf(node, slots, y) });
  }
  return laidOut(slots, columns, y);
}

/** Left to right, then right to left, and so on. */
function inTurn(columns: readonly Int32Array[], sweep: number): readonly Int32Array[] {
  return sweep % 2 === 0 ? columns : columns.toReversed();
}

/** Nodes of each column that has any, left to right. */
function columnsOf({ column }: Slots): Int32Array[] {
  const members = new Map<number, number[]>();
  for (const [node, at] of column.entries()) {
    const known = members.get(at);
    if (known) known.push(node);
    else members.set(at, [node]);
  }
  return [...members].sort(([a], [b]) => a - b).map(([, nodes]) => Int32Array.from(nodes));
}

/** Sorts a column by the mean row of its neighbours elsewhere: whole namespaces first, then cards within them. */
function orderColumn(column: Int32Array, slots: Slots, row: Float64Array): void {
  const wish = new Float64Array(slots.ids.length);
  const sum = new Float64Array(slots.groups);
  const size = new Float64Array(slots.groups);
  for (const node of column) {
    const group = slots.group[node] ?? 0;
    wish[node] = meanOf(node, slots, row);
    sum[group] = (sum[group] ?? 0) + (wish[node] ?? 0);
    size[group] = (size[group] ?? 0) + 1;
  }
  const middle = sum.map((total, group) => total / (size[group] || 1));
  column.sort((a, b) => {
    const [groupA, groupB] = [slots.group[a] ?? 0, slots.group[b] ?? 0];
    if (groupA !== groupB) return (middle[groupA] ?? 0) - (middle[groupB] ?? 0) || groupA - groupB;
    return (wish[a] ?? 0) - (wish[b] ?? 0) || a - b;
  });
  numberRows(column, row);
}

/** Row of every node of a column, from 0 (top) to 1 (bottom). */
function numberRows(column: Int32Array, row: Float64Array): void {
  for (let index = 0; index < column.length; index++) row[column[index] ?? 0] = (index + 0.5) / column.length;
}

/** Weighted mean of a value over the neighbours of a node; its own where it has none. */
function meanOf(node: number, { start, neighbour, weight }: Slots, value: Float64Array): number {
  let sum = 0;
  let weights = 0;
  for (let at = start[node] ?? 0; at < (start[node + 1] ?? 0); at++) {
    const pull = weight[at] ?? 0;
    sum += (value[neighbour[at] ?? 0] ?? 0) * pull;
    weights += pull;
  }
  return weights === 0 ? (value[node] ?? 0) : sum / weights;
}

function laidOut(slots: Slots, columns: readonly Int32Array[], y: Float64Array): Layout {
  const positions = new Map<string, Point>();
  const laid: LaidColumn[] = [];
  for (const [index, column] of columns.entries()) {
    const x = index * (CARD.width + ROOM.column);
    laid.push({ column: slots.column[column[0] ?? 0] ?? index, x, count: column.length });
    for (const node of column) positions.set(slots.ids[node] ?? '', { x, y: y[node] ?? 0 });
  }
  return { positions, columns: laid, bounds: boundsOf(positions.values()) };
}
