/** Number of the headings: the row above the first, the column before it. */
export const HEADER = -1;

/** A cell of the matrix; `HEADER` for headings. */
export interface MatrixPlace {
  readonly row: number;
  readonly column: number;
}

const PAGE = 15;

const within = (value: number, count: number): number => Math.max(HEADER, Math.min(count - 1, value));

/** Where a key leads to: as a grid has it (WAI-ARIA practices). Undefined: the key is none of its. The corner has nothing to open. */
export function movedPlace(
  { row, column }: MatrixPlace,
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  { rows, columns }: { readonly rows: number; readonly columns: number },
): MatrixPlace | undefined {
  const to = (down: number, right: number): MatrixPlace => {
    const moved = { row: within(row + down, rows), column: within(column + right, columns) };
    return moved.row === HEADER && moved.column === HEADER ? { row, column } : moved;
  };
  switch (key) {
    case 'ArrowDown':
      return to(1, 0);
    case 'ArrowUp':
      return to(-1, 0);
    case 'ArrowRight':
      return to(0, 1);
    case 'ArrowLeft':
      return to(0, -1);
    case 'PageDown':
      return to(PAGE, 0);
    case 'PageUp':
      return { row: Math.max(0, row - PAGE), column };
    case 'Home':
      return ctrlKey ? { row: 0, column: 0 } : { row, column: 0 };
    case 'End':
      return ctrlKey ? { row: rows - 1, column: columns - 1 } : { row, column: columns - 1 };
    default:
      return undefined;
  }
}
