/** Sizes of the matrix in pixels: a row, a column, the headings on top and at the side. */
export const matrixSizes = { row: 30, column: 34, head: 188, side: 240 } as const;
