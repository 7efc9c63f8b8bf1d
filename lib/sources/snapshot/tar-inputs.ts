import { pipeline, Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { asBrokenArchive, TooLarge } from './broken-file.ts';
import { type ByteSource, chunksOf, streamBytes, watched } from './byte-source.ts';
import { fileGap, type InputContext, isHidden, pathProblem, type SnapshotInput } from './input.ts';
import { UnpackMeter } from './unpack.ts';

const PIPE_BYTES = 256 * 1024;
/** What headers may take: tar-stream holds long names in memory, however long they say they are. */
const HEADER_BYTES = 16 * 1024 * 1024;

/** The files of a tar archive, in its order. Each must be read before the next is asked for. */
export async function* tarInputs(archive: SnapshotInput, context: InputContext): AsyncGenerator<SnapshotInput> {
  const total = { bytes: 0 };
  for await (const { entry, ordinal } of entriesOf(archive, context)) {
    const path = `${archive.path}/${entry.header.name}`;
    const problem = problemOf(entry.header, ordinal, context);
    if (problem !== undefined) context.gap(fileGap(path, problem, 'pack the files themselves, below one folder'));
    if (isHidden(entry.header.name)) context.ignored(path);
    else if (problem === undefined && isFile(entry.header.type)) {
      const first = onceThrough(entry, new UnpackMeter(context.limits, total));
      let isFresh = true;
      yield {
        path,
        size: entry.header.size ?? 0,
        async open() {
          const source = isFresh ? first.source : streamBytes(entryAgain(archive, ordinal, context));
          isFresh = false;
          return source;
        },
      };
      await first.drain();
    } else entry.resume();
  }
}

/** An entry as it goes by. To close it before its end would stop the archive, so the rest is passed over afterwards, at the same limits. */
function onceThrough(entry: EntryStream, meter: UnpackMeter): { readonly source: ByteSource; drain(): Promise<void> } {
  // Nothing says how well a tar's entry is packed; the gzip around it is measured by itself.
  meter.packed = Number.POSITIVE_INFINITY;
  const bytes = watched(streamBytes(entry), (part) => meter.add(part.length));
  const waste = Buffer.allocUnsafe(64 * 1024);
  let hasFailed = false;
  const read: ByteSource['read'] = (into, offset, length) =>
    bytes.read(into, offset, length).catch((error: unknown) => {
      hasFailed = true;
      throw error;
    });
  return {
    source: { read, close: async () => undefined },
    async drain() {
      while (!hasFailed && (await read(waste, 0, waste.length)) > 0);
      if (hasFailed) entry.resume();
    },
  };
}

function isFile(type: string | null | undefined): boolean {
  return type === 'file' || type === 'contiguous-file' || type === null || type === undefined;
}

function problemOf(header: EntryStream['header'], ordinal: number, { limits }: InputContext): string | undefined {
  if (ordinal >= limits.entries) throw new TooLarge(`it holds more than ${limits.entries} entries`);
  if (header.type === 'symlink' || header.type === 'link') return 'it is a link, and links are not followed';
  if (header.type === 'directory') return undefined;
  return isFile(header.type) ? pathProblem(header.name, limits.folderDepth) : 'it is no regular file';
}

/** What is used of an entry; the compiler finds the library's own JavaScript before its types. */
interface EntryStream extends AsyncIterable<Buffer> {
  readonly header: { readonly name: string; readonly size?: number | null; readonly type?: string | null };
  resume(): unknown;
}

interface TarEntry {
  readonly entry: EntryStream;
  readonly ordinal: number;
}

async function* entriesOf(archive: SnapshotInput, context: InputContext): AsyncGenerator<TarEntry> {
  const source = await archive.open();
  let headers = -HEADER_BYTES;
  const fed = watched(source, (bytes) => {
    headers += bytes.length;
    if (headers > 0) throw new TooLarge('its headers are larger than any real ones');
  });
  const unpacking = extract();
  pipeline(Readable.from(chunksOf(fed, PIPE_BYTES)), unpacking, () => undefined);
  let ordinal = 0;
  try {
    for await (const entry of unpacking as unknown as AsyncIterable<EntryStream>) {
      context.signal?.throwIfAborted();
      headers -= (entry.header.size ?? 0) + 4096;
      yield { entry, ordinal: ordinal++ };
    }
  } catch (error) {
    throw asBrokenArchive(error);
  } finally {
    unpacking.destroy();
    await source.close();
  }
}

/** An entry once more, from the start of the archive: a stream cannot go back. */
async function* entryAgain(archive: SnapshotInput, wanted: number, context: InputContext): AsyncGenerator<Buffer> {
  for await (const { entry, ordinal } of entriesOf(archive, context)) {
    if (ordinal === wanted) {
      yield* entry;
      return;
    }
    entry.resume();
  }
}
