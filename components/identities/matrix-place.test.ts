import { describe, expect, test } from 'vitest';
import { HEADER, movedPlace } from './matrix-place.ts';

const size = { rows: 40, columns: 3 };

describe('keys move in the matrix and never out of it', () => {
  test.each([
    ['down', { row: 0, column: 1 }, 'ArrowDown', { row: 1, column: 1 }],
    ['down from the heading', { row: HEADER, column: 1 }, 'ArrowDown', { row: 0, column: 1 }],
    ['down at the end', { row: 39, column: 1 }, 'ArrowDown', { row: 39, column: 1 }],
    ['up to the heading', { row: 0, column: 1 }, 'ArrowUp', { row: HEADER, column: 1 }],
    ['left to the heading', { row: 2, column: 0 }, 'ArrowLeft', { row: 2, column: HEADER }],
    ['never to the corner from the side', { row: 0, column: HEADER }, 'ArrowUp', { row: 0, column: HEADER }],
    ['never to the corner from above', { row: HEADER, column: 0 }, 'ArrowLeft', { row: HEADER, column: 0 }],
    ['right at the end', { row: 2, column: 2 }, 'ArrowRight', { row: 2, column: 2 }],
    ['a page down', { row: 2, column: 2 }, 'PageDown', { row: 17, column: 2 }],
    ['a page down near the end', { row: 30, column: 2 }, 'PageDown', { row: 39, column: 2 }],
    ['a page up near the top stays in the cells', { row: 3, column: 2 }, 'PageUp', { row: 0, column: 2 }],
    ['to the start of the row', { row: 3, column: 2 }, 'Home', { row: 3, column: 0 }],
    ['to the end of the row', { row: 3, column: 0 }, 'End', { row: 3, column: 2 }],
  ])('%s', (_name, from, key, to) => {
    expect(movedPlace(from, { key, ctrlKey: false }, size)).toEqual(to);
  });

  test.each([
    ['Home', { row: 0, column: 0 }],
    ['End', { row: 39, column: 2 }],
  ])('Ctrl+%s goes to a corner of the cells', (key, to) => {
    expect(movedPlace({ row: 5, column: 1 }, { key, ctrlKey: true }, size)).toEqual(to);
  });

  test.each(['Tab', 'a', 'Escape'])('%s is left to the browser', (key) => {
    expect(movedPlace({ row: 5, column: 1 }, { key, ctrlKey: false }, size)).toBeUndefined();
  });
});
