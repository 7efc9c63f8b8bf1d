import { isSpace } from './value-scanner.ts';

/** The bytes between two items of a list, as the first two of them show it. */
export interface Joint {
  /** From the white space before an item's closing brace to the opening brace of the next, and its first key where the joint has no line break. */
  readonly bytes: Buffer;
  /** Length of the part that belongs to the item before. */
  readonly itemEnd: number;
  /** Where in `bytes` the next item begins. */
  readonly nextStart: number;
}

const SPACE_MAX = 1024;
const KEY_MAX = 256;

/**
 * What stands between items: `\n        },\n        {` as kubectl prints them, `},{"metadata":` as the API does.
 * An occurrence is a guess and no more; who cuts there has to find out by parsing. Undefined: the items have no such form.
 */
export function jointBetween(buffer: Buffer, firstEnd: number, secondStart: number, to: number): Joint | undefined {
  if (buffer[firstEnd - 1] !== 125 || buffer[secondStart] !== 123 || secondStart - firstEnd > SPACE_MAX) return undefined;
  let start = firstEnd - 1;
  while (isSpace(buffer[start - 1] as number) && firstEnd - start < SPACE_MAX) start--;
  let end = secondStart + 1;
  if (!buffer.subarray(start, end).includes(10)) {
    const colon = buffer.indexOf(':', end);
    if (colon < 0 || colon >= to || colon - end > KEY_MAX) return undefined;
    end = colon + 1;
  }
  return { bytes: Buffer.from(buffer.subarray(start, end)), itemEnd: firstEnd - start, nextStart: secondStart - start };
}
