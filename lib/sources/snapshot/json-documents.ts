import { BrokenFile } from './broken-file.ts';
import type { JsonCursor } from './json-cursor.ts';
import { readItems } from './json-items.ts';
import { parseValue } from './json-text.ts';

/** What a list says of itself, as far as it has been read: the raw API prints its kind before the items, sorted JSON after. */
export interface ListHead {
  readonly kind?: string;
  readonly apiVersion?: string;
}

/** Takes what a file of JSON holds. */
export interface JsonSink {
  /** Some items of a list, in order. `pointer` is that of the array. */
  items(items: readonly unknown[], at: { readonly first: number; readonly pointer: string; readonly head: ListHead }): void;
  /** A list has been read to its end. */
  listEnd(head: ListHead): void;
  /** Any other document, whole. */
  document(value: unknown): void;
}

export interface JsonOptions {
  readonly batchBytes: number;
  readonly sink: JsonSink;
}

/**
 * Reads a file of JSON documents, one after another (one is usual; JSON lines are many). The `items` of an object and the
 * elements of an array at the top are streamed; every other document is held whole. Throws `BrokenFile` where the text
 * goes wrong, after having given everything that stood complete before.
 */
export async function readJsonDocuments(cursor: JsonCursor, options: JsonOptions): Promise<void> {
  for (;;) {
    const byte = await cursor.peek();
    if (byte === undefined) return;
    cursor.window.keepFrom(cursor.position);
    if (byte === 123) await readObject(cursor, options);
    else if (byte === 91) {
      cursor.position++;
      await readItems(cursor, { ...options, take: (items, first) => options.sink.items(items, { first, pointer: '', head: {} }) });
      options.sink.listEnd({});
    } else throw new BrokenFile(cursor.position, 'a JSON object or list');
  }
}

async function readObject(cursor: JsonCursor, { batchBytes, sink }: JsonOptions): Promise<void> {
  const start = cursor.position;
  const head: { kind?: string; apiVersion?: string } = {};
  let isList = false;
  cursor.position++;
  let isEmpty = (await cursor.peek()) === 125;
  if (isEmpty) cursor.position++;
  while (!isEmpty) {
    const key = await readKey(cursor);
    const opening = await cursor.peek();
    if (key === 'items' && opening === 91) {
      // JSON.parse would keep the last; the first has been given away.
      if (isList) throw new BrokenFile(cursor.position, '`items` once');
      isList = true;
      cursor.position++;
      await readItems(cursor, { batchBytes, take: (items, first) => sink.items(items, { first, pointer: '/items', head }) });
    } else if ((key === 'kind' || key === 'apiVersion') && opening === 34) head[key] = String(await cursor.readValue());
    else await (isList ? cursor.readValue() : cursor.skipValue());
    if (isList) cursor.window.keepFrom(cursor.position);
    isEmpty = (await cursor.take(',}')) === '}';
  }
  if (isList) sink.listEnd(head);
  else sink.document(parseValue(cursor.window, start, cursor.position));
}

async function readKey(cursor: JsonCursor): Promise<string> {
  if ((await cursor.peek()) !== 34) throw new BrokenFile(cursor.position, 'a key in quotes');
  const key = await cursor.readValue();
  await cursor.take(':');
  return String(key);
}
