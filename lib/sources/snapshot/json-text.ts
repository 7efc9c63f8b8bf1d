import { isAscii, isUtf8 } from 'node:buffer';
import { BrokenFile } from './broken-file.ts';
import { cutText, inOrder } from './cut-text.ts';
import { findInvalidUtf8, findJsonError } from './json-error.ts';
import { canDoWithoutManagedFields, managedFieldsCuts } from './managed-fields.ts';
import { parsed } from './parsed.ts';
import { putBack, takeSpecs } from './repeated-specs.ts';
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

/** Without what need not be parsed, where the rest proves that it can be left out; otherwise as it stands. */
function parseBracketed(buffer: Buffer, from: number, to: number): unknown[] | undefined {
  const bytes = buffer.subarray(from, to);
  const ascii = isAscii(bytes);
  const items = ascii ? parsedShorter(bytes) : undefined;
  if (items !== undefined) return items;
  const text = ascii ? bytes.toString('latin1') : decode(bytes);
  return text === undefined ? undefined : (parsed(text) as unknown[] | undefined);
}

/** Undefined: there is nothing to leave out, or it was wrong to. */
function parsedShorter(bytes: Buffer): unknown[] | undefined {
  const managedFields = managedFieldsCuts(bytes);
  const { cuts, specs } = takeSpecs(bytes, managedFields);
  if (managedFields.length + cuts.length === 0) return undefined;
  const items = parsed(cutText(bytes, inOrder(managedFields, cuts)));
  if (!Array.isArray(items) || (managedFields.length > 0 && !canDoWithoutManagedFields(items))) return undefined;
  return putBack(items, specs) ? items : undefined;
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
const decode = (bytes: Buffer): string | undefined => (isUtf8(bytes) ? bytes.toString('utf8') : undefined);
