import type { SnapshotInput } from './input.ts';

/** 1-based line and column, in bytes, of an offset. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const CHUNK = 1024 * 1024;

/** Where an offset stands. Reads the file again up to there: lines are not counted while reading, which most files never need. */
export async function locate(input: SnapshotInput, offset: number): Promise<Place> {
  const source = await input.open();
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    let line = 1;
    let lineStart = 0;
    for (let position = 0; position < offset; ) {
      const count = await source.read(chunk, 0, Math.min(CHUNK, offset - position));
      if (count === 0) break;
      for (let at = chunk.indexOf(10); at >= 0 && at < count; at = chunk.indexOf(10, at + 1)) {
        line++;
        lineStart = position + at + 1;
      }
      position += count;
    }
    return { line, column: offset - lineStart + 1 };
  } finally {
    await source.close();
  }
}
