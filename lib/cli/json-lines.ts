import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type * as z from 'zod';
import { BadUse } from './bad-use.ts';

/** A line of the input as its schema reads it; `wanted` says in words what a line is. */
export async function* jsonLines<Shape extends z.ZodType>(
  input: Readable,
  schema: Shape,
  wanted: string,
): AsyncGenerator<z.output<Shape>, void, undefined> {
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = schema.safeParse(read(line, number, wanted));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new BadUse(
        `line ${number} of the input: ${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'not understood'}; give one ${wanted} a line`,
      );
    }
    yield parsed.data;
  }
}

function read(line: string, number: number, wanted: string): unknown {
  try {
    // Some shells put a byte order mark before the first line.
    return JSON.parse(number === 1 ? line.replace(/^\uFEFF/, '') : line);
  } catch {
    throw new BadUse(`line ${number} of the input is no JSON; give one ${wanted} a line`);
  }
}
