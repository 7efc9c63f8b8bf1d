/**
 * The floor: JSON.parse of the same bytes, file by file, in a process of its own. A file beyond V8's longest string is parsed in the
 * largest legal pieces, cut between items, and the times are added up. Reading the bytes and making text of them are told apart.
 *
 * Usage: node bench/measure/floor.ts FOLDER → {"readMs", "decodeMs", "parseMs", "bytes"}
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { report } from './report-line.ts';

const PIECE = 400 * 2 ** 20;
const BETWEEN_ITEMS = Buffer.from('\n        },\n        {');
const BEFORE_FIRST = Buffer.from('"items": [');
const AFTER_LAST = Buffer.from('\n    ],\n    "kind"');

const folder = process.argv[2] ?? '';
const taken = { readMs: 0, decodeMs: 0, parseMs: 0, bytes: 0 };
let kept: unknown;

function parse(bytes: Buffer, before: string, after: string): void {
  const start = performance.now();
  const text = before + bytes.toString('utf8') + after;
  const decoded = performance.now();
  kept = JSON.parse(text);
  taken.decodeMs += decoded - start;
  taken.parseMs += performance.now() - decoded;
}

/** Pieces that are arrays of whole items. */
function parseInPieces(bytes: Buffer): void {
  let start = bytes.indexOf(BEFORE_FIRST) + BEFORE_FIRST.length;
  const end = bytes.lastIndexOf(AFTER_LAST);
  while (start < end) {
    const cut = end - start <= PIECE ? -1 : bytes.lastIndexOf(BETWEEN_ITEMS, start + PIECE);
    const stop = cut <= start ? end : cut + '\n        }'.length;
    parse(bytes.subarray(start, stop), '[', ']');
    kept = undefined;
    start = stop + (stop === end ? 0 : 1);
  }
}

for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))) {
  const start = performance.now();
  const bytes = readFileSync(path.join(folder, name));
  taken.readMs += performance.now() - start;
  taken.bytes += bytes.length;
  if (bytes.length <= PIECE) parse(bytes, '', '');
  else parseInPieces(bytes);
}
report({ ...taken, parsed: typeof kept });
