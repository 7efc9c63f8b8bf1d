import { isUtf8 } from 'node:buffer';
import { isSpace } from './value-scanner.ts';

/** The first place where a text is no JSON. */
export interface JsonError {
  /** Place in the buffer. */
  readonly index: number;
  readonly expected: string;
}

/** What may stand at the place that is looked at. */
type State = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma' | 'end';

const OPENING: ReadonlyMap<number, State> = new Map([
  [123, 'key or }'],
  [91, 'value or ]'],
]);
const EXPECTED: { readonly [Key in State]: string } = {
  value: 'a value',
  'value or ]': 'a value or `]`',
  key: 'a key in quotes',
  'key or }': 'a key in quotes or `}`',
  colon: '`:`',
  comma: '`,` or the closing bracket',
  end: 'nothing more',
};

/**
 * Where `buffer` from `from` to `to` stops being one JSON value; undefined: nowhere. Only for texts that `JSON.parse` has
 * refused: its own message quotes the text, which may hold Secret values, and often names no place.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a state machine is easiest to check in one piece, against the grammar of RFC 8259
export function findJsonError(buffer: Buffer, from: number, to: number): JsonError | undefined {
  const open: number[] = [];
  let state: State = 'value';
  let at = from;
  while (at < to) {
    const byte = buffer[at] as number;
    if (isSpace(byte)) {
      at++;
      continue;
    }
    const opening: State | undefined = state.startsWith('value') ? OPENING.get(byte) : undefined;
    if (opening !== undefined) {
      open.push(byte);
      state = opening;
      at++;
    } else if (closes(byte, open.at(-1), state)) {
      open.pop();
      state = open.length === 0 ? 'end' : 'comma';
      at++;
    } else if (state === 'comma' || state === 'colon') {
      if (byte !== (state === 'comma' ? 44 : 58)) return { index: at, expected: EXPECTED[state] };
      state = state === 'comma' && open.at(-1) === 123 ? 'key' : 'value';
      at++;
    } else {
      if (state === 'end' || (state.startsWith('key') && byte !== 34)) return { index: at, expected: EXPECTED[state] };
      const end = endOfScalar(buffer, at, to);
      if (typeof end !== 'number') return end;
      at = end;
      state = state.startsWith('key') ? 'colon' : open.length === 0 ? 'end' : 'comma';
    }
  }
  return state === 'end' ? undefined : { index: to, expected: EXPECTED[state] };
}

function closes(byte: number, opened: number | undefined, state: State): boolean {
  if (byte === 125) return opened === 123 && (state === 'key or }' || state === 'comma');
  return byte === 93 && opened === 91 && (state === 'value or ]' || state === 'comma');
}

function endOfScalar(buffer: Buffer, at: number, to: number): number | JsonError {
  if (buffer[at] === 34) return endOfString(buffer, at, to);
  let end = at;
  while (end < to && /[-+.0-9A-Za-z]/.test(String.fromCharCode(buffer[end] as number))) end++;
  const word = buffer.toString('latin1', at, Math.min(end, at + 1024));
  const isValue = word === 'true' || word === 'false' || word === 'null' || /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(word);
  return isValue || end - at > 1024 ? end : { index: at, expected: 'a value' };
}

const ESCAPES = new Set([...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0)));

function endOfString(buffer: Buffer, start: number, to: number): number | JsonError {
  for (let at = start + 1; at < to; at++) {
    const byte = buffer[at] as number;
    if (byte === 34) return at + 1;
    if (byte < 32) return { index: at, expected: 'no raw control character in a string' };
    if (byte !== 92) continue;
    at++;
    const letter = buffer[at] as number;
    if (at < to && letter === 117) {
      if (!/^[0-9a-fA-F]{4}$/.test(buffer.toString('latin1', at + 1, Math.min(at + 5, to))))
        return { index: at, expected: 'four hexadecimal digits after `\\u`' };
      at += 4;
    } else if (at < to && !ESCAPES.has(letter)) return { index: at, expected: 'a known escape after `\\`' };
  }
  return { index: to, expected: 'the closing quote of a string' };
}

/** The first byte that is not UTF-8; undefined: all is. */
export function findInvalidUtf8(buffer: Buffer, from: number, to: number): number | undefined {
  for (let at = from; at < to; ) {
    const length = sequenceLength(buffer, at, to);
    if (length === 0) return at;
    at += length;
  }
  return undefined;
}

/** Length of the sequence that begins here; 0: none does. */
function sequenceLength(buffer: Buffer, at: number, to: number): number {
  const first = buffer[at] as number;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return at + length <= to && isUtf8(buffer.subarray(at, at + length)) ? length : 0;
}
