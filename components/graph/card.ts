/** Sizes of what is drawn, in canvas units: one unit is one CSS pixel at zoom 1. */
export const CARD = { width: 150, height: 50, radius: 10 } as const;

/** Free room between columns, between cards, and between groups of one namespace within a column. */
export const ROOM = { column: 36, row: 11, group: 18 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest rectangle around cards at these centres; a card's own size around the origin when there are none. */
export function boundsOf(centres: Iterable<Point>): Bounds {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { x, y } of centres) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  if (left > right) return { left: -CARD.width / 2, top: -CARD.height / 2, right: CARD.width / 2, bottom: CARD.height / 2 };
  return { left: left - CARD.width / 2, top: top - CARD.height / 2, right: right + CARD.width / 2, bottom: bottom + CARD.height / 2 };
}
