import { BrokenFile } from './broken-file.ts';
import { type Joint, jointBetween } from './joint.ts';
import type { JsonCursor } from './json-cursor.ts';
import { parseElements, parseValue } from './json-text.ts';

/** Takes items as they come; `first` is the index of the first of them in the list. */
export type TakeItems = (items: readonly unknown[], first: number) => void;

export interface ItemOptions {
  /** How much text is parsed at a time. Small batches die young: 128 KiB is a third faster than 1 MiB and than the whole. */
  readonly batchBytes: number;
  readonly take: TakeItems;
}

/** After so many wrong guesses the rest of a list is walked byte by byte, so that no file can make it slow. */
const WRONG_GUESSES = 16;

/**
 * Reads the items of a JSON array whose `[` has been passed, and passes its `]`, without ever holding more than a batch.
 *
 * Where to cut is guessed: the bytes that stand between the first two items are searched for natively. A guess cannot
 * give a wrong answer. If every batch parses as the inside of an array and the batches are joined by commas, the whole is
 * that array; a cut inside an item leaves brackets open and does not parse. Then the batch is walked byte by byte, which
 * also finds out whether it is the text that is broken.
 */
export async function readItems(cursor: JsonCursor, options: ItemOptions): Promise<void> {
  if ((await cursor.peek()) === 93) {
    cursor.position++;
    return;
  }
  let wrongGuesses = 0;
  let first = 0;
  let joint: Joint | undefined;
  for (;;) {
    const guessed = joint === undefined || wrongGuesses >= WRONG_GUESSES ? undefined : await guessBatch(cursor, joint, options.batchBytes);
    if (guessed?.items !== undefined) {
      options.take(guessed.items, first);
      first += guessed.items.length;
      cursor.position = guessed.next;
      cursor.window.keepFrom(guessed.next);
      continue;
    }
    if (joint !== undefined) wrongGuesses++;
    const walked = await walkBatch(cursor, { ...options, first });
    first += walked.count;
    joint ??= walked.joint;
    if (walked.isLast) return;
  }
}

interface Guess {
  /** Undefined: the guess was wrong, or the text is. */
  readonly items: readonly unknown[] | undefined;
  readonly next: number;
}

/** A batch up to the next joint; undefined: there is none within reach. */
async function guessBatch(cursor: JsonCursor, joint: Joint, batchBytes: number): Promise<Guess | undefined> {
  const { window, position } = cursor;
  let searched = position + batchBytes;
  for (;;) {
    const at = searched >= window.end ? -1 : window.buffer.indexOf(joint.bytes, window.index(searched));
    const found = at < 0 ? -1 : window.position(at);
    if (found >= 0 && found + joint.bytes.length <= window.end) {
      return { items: parseElements(window, position, found + joint.itemEnd), next: found + joint.nextStart };
    }
    if (window.end - position > 64 * batchBytes) return undefined;
    searched = Math.max(searched, window.end - joint.bytes.length);
    if (!(await window.fill())) return undefined;
  }
}

interface WalkOptions extends ItemOptions {
  readonly first: number;
}

interface Walk {
  readonly count: number;
  readonly isLast: boolean;
  readonly joint: Joint | undefined;
}

/** A batch whose items are found byte by byte. Complete items before a break are given before the break is thrown. */
async function walkBatch(cursor: JsonCursor, options: WalkOptions): Promise<Walk> {
  const { window } = cursor;
  await cursor.peek();
  const start = cursor.position;
  const bounds: { start: number; end: number }[] = [];
  let isLast = false;
  try {
    while (!isLast && cursor.position - start < options.batchBytes) {
      await cursor.peek();
      const itemStart = cursor.position;
      bounds.push({ start: itemStart, end: await cursor.skipValue() });
      isLast = (await cursor.take(',]')) === ']';
    }
    if (!isLast) await cursor.peek();
  } catch (error) {
    if (error instanceof BrokenFile) giveItems(cursor, bounds, options);
    throw error;
  }
  const joint = jointIn(cursor, bounds);
  giveItems(cursor, bounds, options);
  window.keepFrom(cursor.position);
  return { count: bounds.length, isLast, joint };
}

function jointIn({ window }: JsonCursor, [one, other]: readonly { start: number; end: number }[]): Joint | undefined {
  if (one === undefined || other === undefined) return undefined;
  return jointBetween(window.buffer, window.index(one.end), window.index(other.start), window.index(window.end));
}

function giveItems({ window }: JsonCursor, bounds: readonly { start: number; end: number }[], { take, first }: WalkOptions): void {
  const [start, end] = [bounds[0]?.start, bounds.at(-1)?.end];
  if (start === undefined || end === undefined) return;
  const items = parseElements(window, start, end);
  // Only as many as were walked: text that parses as more was cut somewhere else.
  if (items?.length === bounds.length) {
    take(items, first);
    return;
  }
  for (const [index, bound] of bounds.entries()) take([parseValue(window, bound.start, bound.end)], first + index);
}
