import { boundsOf, CARD, type Point, ROOM } from './card.ts';
import type { Layout } from './layout.ts';

/** Columns that fit beside the panel on a screen of 1440 pixels with names still readable. */
const MOST_COLUMNS = 7;
const BETWEEN_ROWS = 64;

/**
 * A long path in rows instead of one line: left to right, then back below, and so on, as an ox ploughs. Cards keep their places
 * within a column. `columns` is empty then: no heading holds for more than one row. A layout that fits comes back as it is.
 */
export function snakeLayout(layout: Layout): Layout {
  const { columns, bounds } = layout;
  if (columns.length <= MOST_COLUMNS) return layout;
  const rows = Math.ceil(columns.length / MOST_COLUMNS);
  const perRow = Math.ceil(columns.length / rows);
  const placeOfX = new Map(columns.map(({ x }, index) => [x, snakePlace(index, perRow)]));
  const rowHeight = bounds.bottom - bounds.top + BETWEEN_ROWS;
  const positions = new Map<string, Point>();
  for (const [id, { x, y }] of layout.positions) {
    const place = placeOfX.get(x) ?? { column: 0, row: 0 };
    positions.set(id, { x: place.column * (CARD.width + ROOM.column), y: y + place.row * rowHeight });
  }
  const around = boundsOf(positions.values());
  // The bow from one row to the next swings out to the side.
  return { positions, columns: [], bounds: { ...around, right: around.right + ROOM.column } };
}

function snakePlace(index: number, perRow: number): { column: number; row: number } {
  const row = Math.floor(index / perRow);
  const along = index % perRow;
  return { column: row % 2 === 0 ? along : perRow - 1 - along, row };
}
