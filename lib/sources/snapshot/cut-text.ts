const NEWLINE = 10;
const SPACE = 32;

/** Bytes between two places of a buffer that other text stands for. */
export interface Cut {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Text of ASCII bytes with its cuts made. They are in order and do not overlap. */
export function cutText(bytes: Buffer, cuts: readonly Cut[]): string {
  let kept = '';
  let copied = 0;
  for (const { from, to, text } of cuts) {
    kept += bytes.toString('latin1', copied, from) + text;
    copied = to;
  }
  return kept + bytes.toString('latin1', copied, bytes.length);
}

/** Cuts of two kinds in the order of the text. */
export const inOrder = (some: readonly Cut[], others: readonly Cut[]): readonly Cut[] =>
  some.length === 0 || others.length === 0 ? [...some, ...others] : [...some, ...others].sort((one, other) => one.from - other.from);

/** How many spaces stand between the beginning of the line and `at`; undefined where anything else does, or the line begins before the bytes. */
export function indentationOf(bytes: Buffer, at: number): number | undefined {
  let start = at;
  while (start > 0 && bytes[start - 1] === SPACE) start -= 1;
  return start > 0 && bytes[start - 1] === NEWLINE ? at - start : undefined;
}

/**
 * Where the first line with nothing but so many spaces before a `bracket` has it; -1: nowhere. A search for a single byte is ten times
 * faster than one for a line of spaces among lines of spaces.
 */
export function closingAt(bytes: Buffer, bracket: number, { from, indentation }: { from: number; indentation: number }): number {
  for (let at = bytes.indexOf(bracket, from); at >= 0; at = bytes.indexOf(bracket, at + 1)) {
    if (indentationOf(bytes, at) === indentation) return at;
  }
  return -1;
}
