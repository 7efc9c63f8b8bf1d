import { isUtf8 } from 'node:buffer';
import { Composer, type Document, LineCounter, Parser } from 'yaml';
import { tooDeepAt } from '../yaml-depth.ts';
import { BrokenFile, TooLarge } from './broken-file.ts';
import { findInvalidUtf8 } from './json-error.ts';
import type { SnapshotLimits } from './limits.ts';
import type { Window } from './window.ts';
import { yamlPieces } from './yaml-pieces.ts';

const MARKER = Buffer.from('\n---');
/** How often aliases may repeat a node: kubectl writes none, people write some, bombs write millions. */
const ALIASES = 100;

export interface YamlOptions {
  readonly limits: SnapshotLimits;
  /** `line` is where the document begins to say something, 1-based. */
  readonly take: (value: unknown, line: number) => void;
  /** Told of a document that is broken; the next ones are still read. */
  readonly broken: (error: BrokenFile) => void;
}

/**
 * Reads a file of YAML documents, one at a time, so that many may be larger than one may. A line that begins with `---`
 * is a marker wherever it stands (YAML 1.2.2, 9.1.2 and 9.1.3), in a block scalar too.
 */
export async function readYamlDocuments(window: Window, options: YamlOptions): Promise<void> {
  let start = 0;
  let line = 1;
  for (;;) {
    const end = await documentEnd(window, start, options.limits);
    const from = window.index(start);
    const bytes = window.buffer.subarray(from, window.index(end));
    readDocument({ bytes, start, line }, options);
    if (end === window.end && window.ended) return;
    line += linesIn(bytes);
    start = end;
    window.keepFrom(start);
  }
}

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

async function documentEnd(window: Window, start: number, limits: SnapshotLimits): Promise<number> {
  let searched = start;
  for (;;) {
    const at = window.buffer.indexOf(MARKER, window.index(searched));
    const found = at < 0 ? window.end : window.position(at);
    if (found + MARKER.length < window.end) {
      const next = window.buffer[window.index(found + MARKER.length)] as number;
      if (next === 32 || next === 9 || next === 10 || next === 13) return found + 1;
      searched = found + 1;
      continue;
    }
    if (window.end - start > limits.yamlDocumentBytes)
      throw new TooLarge(
        `a YAML document is larger than ${limits.yamlDocumentBytes} bytes; write it as JSON, which is also read much faster`,
      );
    searched = Math.max(start, window.end - MARKER.length);
    if (!(await window.fill())) return window.end;
  }
}

function readDocument({ bytes, start, line }: { bytes: Buffer; start: number; line: number }, { limits, take, broken }: YamlOptions): void {
  try {
    if (!isUtf8(bytes)) throw new BrokenFile(start + (findInvalidUtf8(bytes, 0, bytes.length) ?? 0), 'UTF-8');
    const text = bytes.toString('utf8');
    const list = listInPieces(text, limits);
    if (list !== undefined) take(list, line);
    else for (const found of valuesOf(text, start, limits)) take(found.value, line + found.line - 1);
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    broken(error);
  }
}

/** A large list, read a few items at a time; undefined: it is none, or cannot be read so. */
function listInPieces(text: string, limits: SnapshotLimits): unknown {
  const pieces = yamlPieces(text);
  if (pieces === undefined) return undefined;
  try {
    const [head, ...others] = [...valuesOf(pieces.head, 0, limits)].map(({ value }) => value);
    const items: unknown[] = [];
    for (const { text: batch, at } of pieces.batches) {
      for (const { value } of valuesOf(batch, at, limits)) {
        if (!Array.isArray(value)) return undefined;
        for (const item of value) items.push(item);
      }
    }
    return typeof head === 'object' && head !== null && others.length === 0 ? { ...head, items } : undefined;
  } catch (error) {
    // The whole is read next, and says where it is broken, if it is.
    if (error instanceof BrokenFile) return undefined;
    throw error;
  }
}

/** What the documents of a text say, each with its line in the text, from 1. */
function* valuesOf(text: string, start: number, limits: SnapshotLimits): Generator<{ readonly value: unknown; readonly line: number }> {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  for (const token of tokens) {
    const at = tooDeepAt(token, limits.nesting);
    if (at !== undefined) throw new BrokenFile(start + byteLength(text, at), `at most ${limits.nesting} levels within one another`);
  }
  // uniqueKeys compares each key with each other. Without it the last of equal keys stays, as in JSON.parse.
  const composer = new Composer({
    prettyErrors: false,
    uniqueKeys: false,
    merge: true,
    logLevel: 'silent',
    strict: true,
    stringKeys: false,
  });
  for (const document of composer.compose(tokens, false, text.length)) {
    const [error] = document.errors;
    if (error !== undefined) throw new BrokenFile(start + byteLength(text, error.pos[0]), `YAML (${error.code})`);
    if (document.contents === null) continue;
    yield { value: plainValue(document, { text, start }), line: lines.linePos(document.contents.range[0]).line };
  }
}

/** What a document says, as JSON would. */
function plainValue(document: Document.Parsed, { text, start }: { text: string; start: number }): unknown {
  try {
    // Strings of the library are slices, and each would keep the whole text in memory, Secret values included.
    return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: ALIASES })));
  } catch {
    // Whatever class it throws: aliases of nothing, too many, of a node within itself; merging what is no map. None of our code runs here.
    const expected = `aliases and merges that can be followed, and stand for at most ${ALIASES} nodes in all`;
    throw new BrokenFile(start + byteLength(text, document.range[0]), expected);
  }
}

function byteLength(text: string, units: number): number {
  return Buffer.byteLength(text.slice(0, units));
}
