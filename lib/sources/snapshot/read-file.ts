import type { InventoryBuilder } from '../../inventory/builder.ts';
import { awsOriginOf } from '../../inventory/normalise/aws-origin.ts';
import { forbiddenGap } from '../../inventory/normalise/status-gap.ts';
import { BrokenFile } from './broken-file.ts';
import { Documents, type Tally } from './documents.ts';
import { type FileFormat, fileFormatOf } from './file-format.ts';
import { fileGap, type InputContext, type SnapshotInput } from './input.ts';
import { JsonCursor } from './json-cursor.ts';
import { type ListHead, readJsonDocuments } from './json-documents.ts';
import { locate } from './locate.ts';
import type { SeenLists } from './seen-lists.ts';
import { Window } from './window.ts';
import { readYamlDocuments } from './yaml-documents.ts';

export interface FileContext extends InputContext {
  readonly builder: InventoryBuilder;
  readonly seen: SeenLists;
  readonly fullPath: string;
  /** Told how many objects of a list were used since the last time. */
  readonly onObjects: (count: number) => void;
}

const NOTHING: Tally = { used: 0, lists: 0, unknown: 0 };
const COLLECT_AGAIN = 'collect the file again; what stands complete before that place has been read';

/** Reads one unpacked file into the builder. What is broken becomes a gap. */
export async function readDataFile(input: SnapshotInput, head: Buffer, context: FileContext): Promise<Tally> {
  const format = fileFormatOf(input.path, head);
  if (format === 'json') return readJson(input, context, {});
  if (format === 'yaml') return readYaml(input, context);
  if (format === 'other') context.ignored(input.path);
  else if (format === 'text' && readMessage(input.path, head, context)) return { ...NOTHING, used: 1 };
  else {
    const gap = noDataGap(input.path, format, head);
    context.seen.refused(gap.resources ?? []);
    context.gap(gap);
  }
  return NOTHING;
}

/** Messages that say more than that something failed: which call AWS refused, or that there is nothing to read. */
function readMessage(path: string, head: Buffer, { builder, fullPath }: FileContext): boolean {
  const message = head.toString('utf8').trim();
  if (/^Error from server \(NotFound\): configmaps "aws-auth" not found/.test(message)) {
    builder.addAwsAuth([]);
    return true;
  }
  const origin = awsOriginOf(fullPath);
  if (!message.startsWith('An error occurred (') || origin.command === undefined) return false;
  return builder.addAwsAnswer({ message }, { ...origin, file: path });
}

function noDataGap(path: string, format: FileFormat, head: Buffer): ReturnType<typeof fileGap> {
  if (format === 'empty')
    return fileGap(path, 'the file is empty, as a command leaves it that failed', 'run the command again and look at its messages');
  if (format === 'utf-16') return fileGap(path, 'the file is UTF-16, as PowerShell writes it', 'write it as UTF-8');
  const forbidden = forbiddenGap(head.toString('utf8'), { source: 'snapshot', file: path });
  if (forbidden !== undefined) return forbidden;
  const gap = fileGap(path, 'the file is neither JSON nor YAML', 'run the command again with -o json');
  return { ...gap, line: 1, column: 1, offset: 0 };
}

async function readJson(input: SnapshotInput, context: FileContext, knownHead: ListHead): Promise<Tally> {
  const documents = new Documents(context.builder, { ...context, path: input.path }, knownHead);
  await withWindow(input, context, async (window) => {
    const cursor = new JsonCursor(window, context.limits.nesting);
    await passByteOrderMark(cursor);
    await readJsonDocuments(cursor, { batchBytes: context.limits.batchBytes, sink: documents });
  });
  const { lateHead, tally } = documents;
  return lateHead === undefined ? tally : readJson(input, context, lateHead);
}

async function passByteOrderMark(cursor: JsonCursor): Promise<void> {
  while (cursor.window.end < 3 && (await cursor.window.fill()));
  const { buffer } = cursor.window;
  const at = cursor.window.index(0);
  if (cursor.window.end >= 3 && buffer[at] === 0xef && buffer[at + 1] === 0xbb && buffer[at + 2] === 0xbf) cursor.position = 3;
}

async function readYaml(input: SnapshotInput, context: FileContext): Promise<Tally> {
  const documents = new Documents(context.builder, { ...context, path: input.path });
  const broken: BrokenFile[] = [];
  await withWindow(input, context, (window) =>
    readYamlDocuments(window, {
      limits: context.limits,
      take: (value, line) => documents.document(value, line),
      broken: (error) => broken.push(error),
    }),
  );
  for (const error of broken.slice(0, 20)) context.gap({ ...(await brokenGap(input, error)), ...context.seen.cutShort(input.path) });
  return documents.tally;
}

async function withWindow(input: SnapshotInput, context: FileContext, read: (window: Window) => Promise<void>): Promise<void> {
  const { chunkBytes, valueBytes } = context.limits;
  const chunk = Math.min(chunkBytes, input.size === undefined ? 256 * 1024 : input.size + 1);
  const source = await input.open();
  try {
    await read(new Window(source, { chunkBytes: Math.max(1, chunk), valueBytes, signal: context.signal }));
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    context.gap({ ...(await brokenGap(input, error)), ...context.seen.cutShort(input.path) });
  } finally {
    await source.close();
  }
}

async function brokenGap(input: SnapshotInput, error: BrokenFile): Promise<ReturnType<typeof fileGap>> {
  const { line, column } = await locate(input, error.offset);
  const why = `broken at line ${line}, column ${column} (byte ${error.offset}): expected ${error.expected}`;
  return { ...fileGap(input.path, why, COLLECT_AGAIN), line, column, offset: error.offset };
}
