import { constants } from 'node:fs';
import { lstat, open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TooLarge } from './broken-file.ts';
import { fileBytes } from './byte-source.ts';
import { fileGap, type InputContext, isHidden, type SnapshotInput } from './input.ts';

/**
 * The files of a snapshot on disk, in the order of their paths. The path that was asked for may be a link; below it no
 * link is followed.
 */
export async function* folderInputs(root: string, context: InputContext): AsyncGenerator<SnapshotInput> {
  const top = await stat(root);
  if (!top.isDirectory()) {
    yield diskInput({ path: basename(root), full: root, size: top.size, follow: true });
    return;
  }
  const spent = { entries: 0, bytes: 0 };
  yield* folder({ root, path: '', depth: 0 }, context, spent);
}

interface Spent {
  entries: number;
  bytes: number;
}

interface Place {
  readonly root: string;
  readonly path: string;
  readonly depth: number;
}

async function* folder(place: Place, context: InputContext, spent: Spent): AsyncGenerator<SnapshotInput> {
  if (place.depth > context.limits.folderDepth) {
    context.gap(fileGap(place.path, `the folder lies deeper than ${context.limits.folderDepth} folders`, 'move it up'));
    return;
  }
  const names = await readdir(join(place.root, place.path)).catch((error: unknown) => unreadable(place.path, error, context));
  for (const name of names.sort()) {
    context.signal?.throwIfAborted();
    if (++spent.entries > context.limits.entries) throw new TooLarge(`the folder holds more than ${context.limits.entries} files`);
    const path = place.path === '' ? name : `${place.path}/${name}`;
    if (isHidden(name)) context.ignored(path);
    else yield* child({ root: place.root, path, depth: place.depth + 1 }, context, spent);
  }
}

async function* child(place: Place, context: InputContext, spent: Spent): AsyncGenerator<SnapshotInput> {
  const { root, path } = place;
  const full = join(root, path);
  const status = await lstat(full).catch((error: unknown) => unreadable(path, error, context)[0]);
  if (status === undefined) return;
  if (status.isDirectory()) yield* folder(place, context, spent);
  else if (status.isFile()) {
    spent.bytes += status.size;
    if (spent.bytes > context.limits.totalBytes)
      throw new TooLarge(`the files are larger than ${context.limits.totalBytes} bytes together`);
    yield diskInput({ path, full, size: status.size, follow: false });
  } else {
    const why = status.isSymbolicLink() ? 'it is a link, and links are not followed' : 'it is no regular file';
    context.gap(fileGap(path, why, 'put the file itself there'));
  }
}

function unreadable(path: string, error: unknown, context: InputContext): never[] {
  context.gap(fileGap(path, `it cannot be read: ${errorCode(error)}`, 'check its permissions'));
  return [];
}

/** The code of a failed system call, such as EACCES; its message would repeat the path of this machine. */
export function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}

function diskInput({ path, full, size, follow }: { path: string; full: string; size: number; follow: boolean }): SnapshotInput {
  // NOFOLLOW: what was a file when it was listed may have become a link. It is 0 on Windows.
  const flags = constants.O_RDONLY | (follow ? 0 : (constants.O_NOFOLLOW ?? 0));
  const openFile = (): ReturnType<typeof open> => open(full, flags);
  return { path, size, openFile, open: async () => fileBytes(await openFile()) };
}
