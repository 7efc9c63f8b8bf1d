import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { TooLarge } from './broken-file.ts';
import { type ByteSource, chunksOf, streamBytes, watched } from './byte-source.ts';
import type { InputContext, SnapshotInput } from './input.ts';
import type { SnapshotLimits } from './limits.ts';

/** How much a file is looked at to see what it is: a tar header. */
const HEAD_BYTES = 1024;
const PIPE_BYTES = 256 * 1024;

export type Container = 'gzip' | 'zip' | 'tar' | 'none';

/** What the first bytes say a file is. Names are not asked. */
export function containerOf(head: Buffer): Container {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')) || head.subarray(0, 4).equals(Buffer.from('PK\x05\x06', 'latin1')))
    return 'zip';
  return head.toString('latin1', 257, 262) === 'ustar' ? 'tar' : 'none';
}

/** An input whose first bytes have been read. */
export interface Sniffed {
  readonly head: Buffer;
  /** The same input. Its first `open` goes on with what is open already: a stream cannot go back. */
  readonly input: SnapshotInput;
  /** Closes what nobody opened. */
  discard(): Promise<void>;
}

/** Looks at the first bytes of an input. */
export async function sniff(input: SnapshotInput): Promise<Sniffed> {
  let source: ByteSource | undefined = await input.open();
  const head = await readHead(source).catch(async (error: unknown) => {
    await source?.close();
    throw error;
  });
  return {
    head,
    input: {
      ...input,
      async open() {
        const opened = source;
        source = undefined;
        return opened === undefined ? input.open() : replayed(head, opened);
      },
    },
    discard: async () => source?.close(),
  };
}

async function readHead(source: ByteSource): Promise<Buffer> {
  const head = Buffer.alloc(HEAD_BYTES);
  let length = 0;
  while (length < HEAD_BYTES) {
    const count = await source.read(head, length, HEAD_BYTES - length);
    if (count === 0) break;
    length += count;
  }
  return head.subarray(0, length);
}

function replayed(head: Buffer, source: ByteSource): ByteSource {
  let rest = head;
  return {
    async read(into, offset, length) {
      if (rest.length === 0) return source.read(into, offset, length);
      const count = rest.copy(into, offset, 0, Math.min(length, rest.length));
      rest = rest.subarray(count);
      return count;
    },
    close: () => source.close(),
  };
}

/** Counts what comes out of something packed and stops it at the limits: in all, and as a multiple of what went in. */
export class UnpackMeter {
  packed = 0;
  unpacked = 0;
  readonly #limits: SnapshotLimits;
  readonly #total: { bytes: number };

  /** `total` is shared by the entries of one archive. */
  constructor(limits: SnapshotLimits, total: { bytes: number } = { bytes: 0 }) {
    this.#limits = limits;
    this.#total = total;
  }

  add(bytes: number): void {
    const { archiveBytes, ratio, ratioFrom } = this.#limits;
    this.unpacked += bytes;
    this.#total.bytes += bytes;
    if (this.#total.bytes > archiveBytes) throw new TooLarge(`it unpacks to more than ${archiveBytes} bytes`);
    if (this.unpacked > ratioFrom && this.unpacked > ratio * this.packed)
      throw new TooLarge(`it unpacks to more than ${ratio} times its size`);
  }
}

/** The input without its gzip. */
export function gunzipped(input: SnapshotInput, { limits }: InputContext): SnapshotInput {
  return { path: input.path, open: async () => gunzip(await input.open(), new UnpackMeter(limits)) };
}

function gunzip(source: ByteSource, meter: UnpackMeter): ByteSource {
  const counted = watched(source, (bytes) => {
    meter.packed += bytes.length;
  });
  const stream = createGunzip({ chunkSize: PIPE_BYTES });
  // What fails is thrown again by reading the stream.
  pipeline(Readable.from(chunksOf(counted, PIPE_BYTES)), stream, () => undefined);
  return watched(
    streamBytes(stream, () => source.close()),
    (bytes) => meter.add(bytes.length),
  );
}
