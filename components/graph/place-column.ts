import { CARD, ROOM } from './card.ts';

export interface PlaceOptions {
  /** Nodes of the column, top to bottom. */
  readonly column: Int32Array;
  /** Number of the namespace, by node. */
  readonly group: Int32Array;
  /** Where the centre of every node's card is; the column's are set. */
  readonly y: Float64Array;
  /** Where the card would like to be. */
  readonly wishOf: (node: number) => number;
}

/**
 * Places a column's cards in the order given, as near to each card's wish as the room between cards allows: least squares under a
 * fixed order, which pool-adjacent-violators solves exactly in linear time (Barlow et al. 1972). Whole units, so that lines are sharp.
 */
export function placeColumn({ column, group, y, wishOf }: PlaceOptions): void {
  const offset = offsetsOf(column, group);
  // Blocks of cards that touch: the sum of their wishes less their offsets, and how many they are.
  const sum = new Float64Array(column.length);
  const size = new Int32Array(column.length);
  let blocks = 0;
  for (let index = 0; index < column.length; index++) {
    sum[blocks] = wishOf(column[index] ?? 0) - (offset[index] ?? 0);
    size[blocks] = 1;
    blocks++;
    while (blocks > 1 && level(sum, size, blocks - 2) > level(sum, size, blocks - 1)) {
      blocks--;
      sum[blocks - 1] = (sum[blocks - 1] ?? 0) + (sum[blocks] ?? 0);
      size[blocks - 1] = (size[blocks - 1] ?? 0) + (size[blocks] ?? 0);
    }
  }
  let index = 0;
  for (let block = 0; block < blocks; block++) {
    const top = Math.round(level(sum, size, block));
    for (let nth = 0; nth < (size[block] ?? 0); nth++, index++) y[column[index] ?? 0] = top + (offset[index] ?? 0);
  }
}

function level(sum: Float64Array, size: Int32Array, block: number): number {
  return (sum[block] ?? 0) / (size[block] || 1);
}

/** How far below the first card each one must be at least. */
function offsetsOf(column: Int32Array, group: Int32Array): Float64Array {
  const offset = new Float64Array(column.length);
  for (let index = 1; index < column.length; index++) {
    const together = group[column[index] ?? 0] === group[column[index - 1] ?? 0];
    offset[index] = (offset[index - 1] ?? 0) + CARD.height + (together ? ROOM.row : ROOM.group);
  }
  return offset;
}
