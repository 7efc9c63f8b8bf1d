import type { FileHandle } from 'node:fs/promises';
import { asBrokenArchive } from './broken-file.ts';

/** Bytes in order. */
export interface ByteSource {
  /** Puts up to `length` bytes at `offset` and says how many; 0: there are no more. */
  read(into: Buffer, offset: number, length: number): Promise<number>;
  close(): Promise<void>;
}

/** The bytes of an open file, one read ahead: while one stretch is being parsed the disk fetches the next. */
export function fileBytes(handle: FileHandle): ByteSource {
  let spare = Buffer.alloc(0);
  let ahead: Promise<Buffer> | undefined;
  const fetch = async (length: number): Promise<Buffer> => {
    if (spare.length < length) spare = Buffer.allocUnsafe(length);
    const { buffer, bytesRead } = await handle.read(spare, 0, length, null);
    return buffer.subarray(0, bytesRead);
  };
  const fetchAhead = (length: number): void => {
    ahead = fetch(length);
    // A read that fails is told when its turn comes; until then it must not end the process.
    ahead.catch(() => undefined);
  };
  return {
    async read(into, offset, length) {
      const fetched = await (ahead ?? fetch(length));
      const count = fetched.copy(into, offset, 0, Math.min(fetched.length, length));
      if (count < fetched.length) ahead = Promise.resolve(fetched.subarray(count));
      else if (count > 0) fetchAhead(length);
      return count;
    },
    async close() {
      await ahead?.catch(() => undefined);
      await handle.close();
    },
  };
}

/** The bytes of a stream that unpacks; `onClose` releases what is behind it, also when it was not read to its end. */
export function streamBytes(stream: AsyncIterable<Uint8Array>, onClose: () => void | Promise<void> = () => undefined): ByteSource {
  const chunks = stream[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    async read(into, offset, length) {
      while (rest.length === 0) {
        const next = await chunks.next().catch((error: unknown) => {
          throw asBrokenArchive(error);
        });
        if (next.done === true) return 0;
        rest = next.value;
      }
      const part = rest.subarray(0, length);
      into.set(part, offset);
      rest = rest.subarray(part.length);
      return part.length;
    },
    async close() {
      await chunks.return?.();
      await onClose();
    },
  };
}

/** A source as chunks again, for what wants to be fed a stream. */
export async function* chunksOf(source: ByteSource, size: number): AsyncGenerator<Buffer> {
  for (;;) {
    const chunk = Buffer.allocUnsafe(size);
    const count = await source.read(chunk, 0, size);
    if (count === 0) return;
    yield chunk.subarray(0, count);
  }
}

/** The same bytes, shown to `look` as they pass; it may throw to stop. */
export function watched(source: ByteSource, look: (bytes: Buffer) => void): ByteSource {
  return {
    async read(into, offset, length) {
      const count = await source.read(into, offset, length);
      if (count > 0) look(into.subarray(offset, offset + count));
      return count;
    },
    close: () => source.close(),
  };
}
