import { TooLarge } from './broken-file.ts';
import type { ByteSource } from './byte-source.ts';

/** What a window may hold and how much it reads at a time. */
export interface WindowOptions {
  readonly chunkBytes: number;
  readonly valueBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The part of a file that is in memory. Positions are absolute: byte 0 is the first of the file. One byte before and one
 * after the bytes always exist in the buffer, so that brackets can be put around a stretch without copying it.
 */
export class Window {
  /** First position that is still needed; set by `keepFrom`. */
  #from = 0;
  #end = 0;
  /** Position of `buffer[1]`. */
  #base = 0;
  #ended = false;
  readonly #source: ByteSource;
  readonly #options: WindowOptions;
  buffer: Buffer;

  constructor(source: ByteSource, options: WindowOptions) {
    this.#source = source;
    this.#options = options;
    this.buffer = Buffer.allocUnsafe(options.chunkBytes * 2 + 2);
  }

  /** Position after the last byte in memory. */
  get end(): number {
    return this.#end;
  }

  /** Whether `end` is the end of the file. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Where a position stands in `buffer`, until the next `fill`. */
  index(position: number): number {
    return position - this.#base + 1;
  }

  /** The position of a place in `buffer`. */
  position(index: number): number {
    return index + this.#base - 1;
  }

  /** Lets go of everything before `position`. */
  keepFrom(position: number): void {
    this.#from = position;
  }

  /** Reads at least one more byte; false: the file has ended. Places in `buffer` change. */
  async fill(): Promise<boolean> {
    this.#options.signal?.throwIfAborted();
    if (this.#ended) return false;
    this.#makeRoom();
    const count = await this.#source.read(this.buffer, this.index(this.#end), this.#options.chunkBytes);
    if (count === 0) this.#ended = true;
    this.#end += count;
    return count > 0;
  }

  #makeRoom(): void {
    const { chunkBytes, valueBytes } = this.#options;
    if (this.index(this.#end) + chunkBytes < this.buffer.length) return;
    const held = this.#end - this.#from;
    if (held > valueBytes) throw new TooLarge(`a single value is larger than ${valueBytes} bytes; split the file, or raise the limit`);
    const needed = held + chunkBytes + 2;
    const target = needed > this.buffer.length ? Buffer.allocUnsafe(needed + held) : this.buffer;
    this.buffer.copy(target, 1, this.index(this.#from), this.index(this.#end));
    this.buffer = target;
    this.#base = this.#from;
  }
}
