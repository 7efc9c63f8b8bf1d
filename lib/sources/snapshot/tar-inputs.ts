import { pipeline, Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { asBrokenArchive, TooLarge } from './broken-file.ts';
import { chunksOf, streamBytes, watched } from './byte-source.ts';
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
      let isFresh = true;
      yield {
        path,
        size: entry.header.size ?? 0,
        open: async () => {
          const stream = isFresh ? entry : await entryAgain(archive, ordinal, context);
          isFresh = false;
          const meter = new UnpackMeter(context.limits, total);
          meter.packed = Number.POSITIVE_INFINITY;
          return watched(streamBytes(stream), (bytes) => meter.add(bytes.length));
        },
      };
    }
    entry.resume();
  }
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
async function entryAgain(archive: SnapshotInput, wanted: number, context: InputContext): Promise<AsyncIterable<Buffer>> {
  const entries = entriesOf(archive, context);
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const { entry, ordinal } of entries) {
      if (ordinal === wanted) {
        yield* entry;
        return;
      }
      entry.resume();
    }
  }
  return bytes();
}
