import { isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';
import { asBrokenArchive, TooLarge } from './broken-file.ts';
import { type ByteSource, streamBytes, watched } from './byte-source.ts';
import { fileGap, type InputContext, isHidden, pathProblem, type SnapshotInput } from './input.ts';
import { UnpackMeter } from './unpack.ts';

const LINK = 0o120000;
const FILE_TYPE = 0o170000;

/** The files of a zip archive on disk, in the order of its directory. Each must be read before the next is asked for. */
export async function* zipInputs(archive: SnapshotInput, handle: FileHandle, context: InputContext): AsyncGenerator<SnapshotInput> {
  try {
    yield* entriesOf(archive, handle, context);
  } catch (error) {
    throw asBrokenArchive(error);
  }
}

async function* entriesOf(archive: SnapshotInput, handle: FileHandle, context: InputContext): AsyncGenerator<SnapshotInput> {
  // decodeStrings: with it, one entry of a bad name would end the reading of all.
  const zip = await fromFdPromise(handle.fd, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true });
  if (zip.entryCount > context.limits.entries) throw new TooLarge(`it holds more than ${context.limits.entries} entries`);
  const total = { bytes: 0 };
  for await (const entry of zip.eachEntry()) {
    context.signal?.throwIfAborted();
    const name = nameOf(entry);
    const path = `${archive.path}/${name}`;
    const problem = name.endsWith('/') ? undefined : problemOf(entry, name, context);
    if (problem !== undefined) context.gap(fileGap(path, problem, 'pack the files themselves, below one folder and without a password'));
    else if (isHidden(name)) context.ignored(path);
    else if (!name.endsWith('/')) yield { path, size: entry.uncompressedSize, open: () => openEntry(zip, entry, { context, total }) };
  }
}

/** Names are UTF-8 or of an old code page; both are data, and ASCII is the same in either. */
function nameOf(entry: Entry): string {
  const raw: unknown = entry.fileName;
  if (!Buffer.isBuffer(raw)) return String(raw);
  return isUtf8(raw) ? raw.toString('utf8') : raw.toString('latin1');
}

function problemOf(entry: Entry, name: string, { limits }: InputContext): string | undefined {
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === LINK) return 'it is a link, and links are not followed';
  if (entry.isEncrypted()) return 'it is encrypted';
  if (!entry.canDecodeFileData()) return 'its compression is not known here';
  return pathProblem(name, limits.folderDepth);
}

async function openEntry(
  zip: ZipFile,
  entry: Entry,
  { context, total }: { context: InputContext; total: { bytes: number } },
): Promise<ByteSource> {
  const meter = new UnpackMeter(context.limits, total);
  meter.packed = entry.compressedSize;
  const stream = await zip.openReadStreamPromise(entry);
  return watched(
    streamBytes(stream, () => void stream.destroy()),
    (bytes) => meter.add(bytes.length),
  );
}
