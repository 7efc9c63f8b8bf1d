import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';

/** A body that is complete, but perhaps still being decompressed by another thread. */
export interface PackedBody {
  /** The first bytes, decompressed; empty where they cannot be. */
  readonly head: Buffer;
  readonly whole: Promise<Buffer | 'damaged' | 'too-large'>;
}

const inflate = promisify(gunzip);

/** So many compressed bytes hold the head of any page, and no more than a megabyte comes of them. */
const HEAD_BYTES = 4096;
const HEAD_LIMIT = 1_048_576;
/** Every chunk comes back through the main thread, where it may have to wait for the parser: few large ones. */
const INFLATE_CHUNK_BYTES = 1_048_576;

/** Starts to decompress at once. `maxBytes` bounds what comes out. */
export function unpack(bytes: Buffer, { gzipped, maxBytes }: { readonly gzipped: boolean; readonly maxBytes: number }): PackedBody {
  if (!gzipped) return { head: bytes, whole: Promise.resolve(bytes) };
  return { head: inflateHead(bytes), whole: inflateWhole(bytes, maxBytes) };
}

async function inflateWhole(bytes: Buffer, maxOutputLength: number): Promise<Buffer | 'damaged' | 'too-large'> {
  try {
    return await inflate(bytes, { maxOutputLength, chunkSize: INFLATE_CHUNK_BYTES });
  } catch (error) {
    return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged';
  }
}

function inflateHead(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes.subarray(0, HEAD_BYTES), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: HEAD_LIMIT,
      chunkSize: 65_536,
    });
  } catch {
    // Whoever reads the whole learns what is wrong with it; the head only saves time.
    return Buffer.alloc(0);
  }
}
