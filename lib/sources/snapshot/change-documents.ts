import type { ChangeDocument } from '../../inventory/changes/parse-changes.ts';
import { SourceError } from '../source-error.ts';
import { BrokenFile, TooLarge } from './broken-file.ts';
import type { ByteSource } from './byte-source.ts';
import { fileFormatOf } from './file-format.ts';
import { JsonCursor } from './json-cursor.ts';
import { SNAPSHOT_LIMITS } from './limits.ts';
import { Window } from './window.ts';
import { readYamlDocuments } from './yaml-documents.ts';

/** Manifests and changes that a person would look at; a whole cluster is a snapshot. */
export const MOST_CHANGE_BYTES = 32 * 1024 * 1024;

/** Documents, those that say nothing included: `parseChanges` takes 20,000 changes. */
const MOST_DOCUMENTS = 50_000;
/** Reading YAML costs about a second a megabyte; larger lists are JSON. */
const MOST_YAML_BYTES = 8 * 1024 * 1024;

const OPERATION = { source: 'changes', operation: 'read changes' } as const;

function placeOf(bytes: Buffer, offset: number): string {
  const before = bytes.subarray(0, offset).toString('utf8').split('\n');
  return `line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
}

function bytesOf(buffer: Buffer): ByteSource {
  let at = 0;
  return {
    read: async (into, offset, length) => {
      const count = buffer.copy(into, offset, at, at + length);
      at += count;
      return count;
    },
    close: async () => undefined,
  };
}

/** Tells with its place what is broken. */
async function placing<Result>(bytes: Buffer, name: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof TooLarge) throw new SourceError(`${name}: ${error.message}`, { ...OPERATION, cause: error });
    if (!(error instanceof BrokenFile)) throw error;
    const message = `${name}: expected ${error.expected} at ${placeOf(bytes, error.offset)}; correct the file`;
    throw new SourceError(message, { ...OPERATION, cause: error });
  }
}

async function yamlDocuments(bytes: Buffer): Promise<unknown[]> {
  const documents: unknown[] = [];
  const window = new Window(bytesOf(bytes), { chunkBytes: SNAPSHOT_LIMITS.chunkBytes, valueBytes: SNAPSHOT_LIMITS.valueBytes });
  await readYamlDocuments(window, {
    limits: { ...SNAPSHOT_LIMITS, yamlDocumentBytes: MOST_YAML_BYTES },
    take: (value) => documents.push(value),
    broken: (error: BrokenFile) => {
      throw error;
    },
  });
  return documents;
}

/**
 * JSON texts one after the other, as JSON lines and several commands print them; undefined: it is none, and may be YAML that begins like JSON. Throws
 * BrokenFile for a text that is broken behind one that is not: no YAML begins so.
 */
async function jsonValues(bytes: Buffer): Promise<readonly unknown[] | undefined> {
  const { chunkBytes, valueBytes, nesting } = SNAPSHOT_LIMITS;
  const cursor = new JsonCursor(new Window(bytesOf(bytes), { chunkBytes, valueBytes }), nesting);
  const values: unknown[] = [];
  for (let first = await cursor.peek(); first !== undefined; first = await cursor.peek()) {
    if (first !== OPEN_BRACE && first !== OPEN_BRACKET) return undefined;
    cursor.window.keepFrom(cursor.position);
    try {
      values.push(await cursor.readValue());
    } catch (error) {
      // The YAML reader takes it next, and says where it is broken, if it is.
      if (error instanceof BrokenFile && values.length === 0) return undefined;
      throw error;
    }
  }
  return values;
}

/** Whether lines that begin with `---` are more than anybody writes; what lies in a text counts too. */
function hasTooManyMarkers(bytes: Buffer): boolean {
  let count = 0;
  for (let at = bytes.indexOf(MARKER); at >= 0 && count <= MOST_DOCUMENTS; at = bytes.indexOf(MARKER, at + 1)) count += 1;
  return count > MOST_DOCUMENTS;
}

const MARKER = Buffer.from('\n---');
const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const DIFF = /^(?:diff |--- [^\r\n]*\r?\n\+\+\+ )/;

/**
 * The documents of a file of changes or manifests, JSON or YAML, in order, each with its place in words. Throws SourceError where the file is too
 * large, broken (with line and column), or neither. Its message never quotes the file: manifests hold Secrets.
 */
export async function changeDocuments(sent: Buffer, name: string): Promise<readonly ChangeDocument[]> {
  if (sent.length > MOST_CHANGE_BYTES)
    throw new SourceError(
      `${name}: more than ${MOST_CHANGE_BYTES / 1024 / 1024} MiB; collect a snapshot of it instead and compare the two`,
      OPERATION,
    );
  const bytes = sent.subarray(0, 3).equals(BYTE_ORDER_MARK) ? sent.subarray(3) : sent;
  const head = bytes.subarray(0, 4096);
  const format = fileFormatOf('changes.yaml', head);
  if (format === 'empty')
    throw new SourceError(`${name}: it is empty, as a command leaves it that failed; look at its messages`, OPERATION);
  if (format === 'utf-16') throw new SourceError(`${name}: it is UTF-16, as PowerShell writes it; write it as UTF-8`, OPERATION);
  if (hasTooManyMarkers(bytes))
    throw new SourceError(`${name}: more than ${MOST_DOCUMENTS} documents; split it, or collect a snapshot of it instead`, OPERATION);
  const text = head.toString('utf8');
  if (DIFF.test(text)) throw new SourceError(`${name}: it is a diff; give the manifests that it was made of`, OPERATION);
  const values = await placing(
    bytes,
    name,
    async () => (/^\s*[[{]/.test(text) ? await jsonValues(bytes) : undefined) ?? yamlDocuments(bytes),
  );
  // What stands between markers and says nothing counts, so that places are those of the file.
  const placed = values.map((document, index) => ({ document, place: values.length === 1 ? name : `${name}, document ${index + 1}` }));
  return placed.filter(({ document }) => document !== null);
}
