const QUOTE = 34;
const BACKSLASH = 92;

/** What a scanner says of a value that goes on after the bytes it was given. */
export const UNFINISHED = -1;
/** What a scanner says of brackets within more brackets than allowed. */
export const TOO_DEEP = -2;

/**
 * Finds where one JSON value ends, byte by byte, and may be interrupted anywhere. Knows strings, escapes and brackets, and
 * no more: whether the value is right JSON is for `JSON.parse` to say.
 */
export class ValueScanner {
  #depth = 0;
  #inString = false;
  #escaped = false;
  #started = false;
  readonly #nesting: number;

  constructor(nesting: number) {
    this.#nesting = nesting;
  }

  /** The place after the value, or UNFINISHED, or TOO_DEEP. The first call must start at the value's first byte, the next ones where the last stopped. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one loop over every byte, without a call for each
  scan(buffer: Buffer, from: number, to: number): number {
    let inString = this.#inString;
    let escaped = this.#escaped;
    let depth = this.#depth;
    for (let at = from; at < to; at++) {
      const byte = buffer[at] as number;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inString = false;
          if (depth === 0) return at + 1;
        }
      } else if (byte === QUOTE) {
        if (depth === 0 && this.#started) return at;
        inString = true;
      } else if (byte === 123 || byte === 91) {
        if (depth === 0 && this.#started) return at;
        if (++depth > this.#nesting) return TOO_DEEP;
      } else if (byte === 125 || byte === 93) {
        if (depth === 0) return at;
        if (--depth === 0) return at + 1;
      } else if (depth === 0 && (byte === 44 || byte === 58 || isSpace(byte))) return at;
      this.#started = true;
    }
    this.#inString = inString;
    this.#escaped = escaped;
    this.#depth = depth;
    return UNFINISHED;
  }

  /** Whether the value may end where the file ends: a bare number or word. */
  get mayEnd(): boolean {
    return this.#depth === 0 && !this.#inString && this.#started;
  }
}

/** JSON's white space. */
export function isSpace(byte: number): boolean {
  return byte === 32 || byte === 10 || byte === 13 || byte === 9;
}
