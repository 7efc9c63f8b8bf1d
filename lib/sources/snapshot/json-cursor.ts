import { BrokenFile } from './broken-file.ts';
import { parseValue } from './json-text.ts';
import { isSpace, TOO_DEEP, UNFINISHED, ValueScanner } from './value-scanner.ts';
import type { Window } from './window.ts';

/** Walks over JSON in a window, reading on as needed. `position` is that of the next byte. */
export class JsonCursor {
  readonly window: Window;
  readonly #nesting: number;
  position = 0;

  constructor(window: Window, nesting: number) {
    this.window = window;
    this.#nesting = nesting;
  }

  /** The next byte that is no white space, not yet passed; undefined: the file ends. */
  async peek(): Promise<number | undefined> {
    for (;;) {
      const { buffer } = this.window;
      const to = this.window.index(this.window.end);
      for (let at = this.window.index(this.position); at < to; at++) {
        const byte = buffer[at] as number;
        if (!isSpace(byte)) {
          this.position = this.window.position(at);
          return byte;
        }
      }
      this.position = this.window.end;
      if (!(await this.window.fill())) return undefined;
    }
  }

  /** Passes one byte that has to be one of `expected`. */
  async take(expected: string): Promise<string> {
    const byte = await this.peek();
    const found = byte === undefined ? '' : String.fromCharCode(byte);
    if (found === '' || !expected.includes(found))
      throw new BrokenFile(this.position, [...expected].map((letter) => `\`${letter}\``).join(' or '));
    this.position++;
    return found;
  }

  /** Passes one value and says where it ends. */
  async skipValue(): Promise<number> {
    await this.peek();
    const start = this.position;
    const scanner = new ValueScanner(this.#nesting);
    for (;;) {
      const { buffer, end } = this.window;
      const place = scanner.scan(buffer, this.window.index(this.position), this.window.index(end));
      if (place === TOO_DEEP) throw new BrokenFile(start, `at most ${this.#nesting} brackets within one another`);
      this.position = place === UNFINISHED ? end : this.window.position(place);
      if (place !== UNFINISHED || (!(await this.window.fill()) && scanner.mayEnd)) break;
      if (this.window.ended) throw new BrokenFile(this.position, `the rest of a value that begins at byte ${start}`);
    }
    if (this.position === start) throw new BrokenFile(start, 'a value');
    return this.position;
  }

  /** Passes and parses one value that is held whole. */
  async readValue(): Promise<unknown> {
    await this.peek();
    const start = this.position;
    const end = await this.skipValue();
    return parseValue(this.window, start, end);
  }
}
