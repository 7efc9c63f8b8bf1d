import { isAscii, isUtf8 } from 'node:buffer';
import { BrokenFile } from './broken-file.ts';
import { findInvalidUtf8, findJsonError } from './json-error.ts';
import { canDoWithoutManagedFields, withoutManagedFields } from './managed-fields.ts';
import type { Window } from './window.ts';

const OPEN = 91;
const CLOSE = 93;

/**
 * Parses the bytes between two positions as the inside of a JSON array; undefined: they are none. The brackets are put
 * into the buffer and taken out again, which saves copying the text.
 */
export function parseElements(window: Window, from: number, to: number): readonly unknown[] | undefined {
  const { buffer } = window;
  const first = window.index(from) - 1;
  const last = window.index(to);
  const [before, after] = [buffer[first] as number, buffer[last] as number];
  buffer[first] = OPEN;
  buffer[last] = CLOSE;
  try {
    return parseBracketed(buffer, first, last + 1);
  } finally {
    buffer[first] = before;
    buffer[last] = after;
  }
}

/** Without managedFields where they can be left out and the rest proves that it was right to; otherwise as it stands. */
function parseBracketed(buffer: Buffer, from: number, to: number): unknown[] | undefined {
  const ascii = isAscii(buffer.subarray(from, to));
  const shorter = ascii ? withoutManagedFields(buffer, from, to) : undefined;
  if (shorter !== undefined) {
    const items = parsed(shorter);
    if (items !== undefined && canDoWithoutManagedFields(items)) return items;
  }
  const text = ascii ? buffer.toString('latin1', from, to) : decode(buffer, from, to);
  return text === undefined ? undefined : parsed(text);
}

function parsed(text: string): unknown[] | undefined {
  try {
    return JSON.parse(text) as unknown[];
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Parses one value; a `BrokenFile` says where it goes wrong. */
export function parseValue(window: Window, from: number, to: number): unknown {
  const elements = parseElements(window, from, to);
  if (elements?.length === 1) return elements[0];
  const { buffer } = window;
  const invalid = findInvalidUtf8(buffer, window.index(from), window.index(to));
  if (invalid !== undefined) throw new BrokenFile(window.position(invalid), 'UTF-8');
  const error = findJsonError(buffer, window.index(from), window.index(to));
  if (error === undefined) throw new Error('JSON.parse refused what json-error.ts takes for JSON');
  throw new BrokenFile(window.position(error.index), error.expected);
}

/** Text of bytes that are not all ASCII; undefined: they are no UTF-8. */
function decode(buffer: Buffer, from: number, to: number): string | undefined {
  return isUtf8(buffer.subarray(from, to)) ? buffer.toString('utf8', from, to) : undefined;
}
