import type { Readable } from 'node:stream';
import * as z from 'zod';
import { cloudAssume } from '../../access/cloud/assume.ts';
import { BadUse } from '../bad-use.ts';
import { ContextKeys } from '../context-keys.ts';
import { jsonLines } from '../json-lines.ts';
import type { Output } from '../print.ts';
import { readWorld, type WorldOptions } from '../world.ts';

const Question = z.object({ from: z.string().min(1), to: z.string().min(1), context: ContextKeys });

/**
 * `assume`: `{from, to, context?}` with two cloud identities as JSON lines on stdin, one `{allowed, code, reason}` a line in the same order.
 * A line that names an identity that is not there gets `{error}`, and the program ends with 2 after the last line.
 */
export async function assumeCommand(options: WorldOptions, input: Readable, out: Output): Promise<void> {
  const inventory = await readWorld(options);
  let unanswered = 0;
  for await (const { context, ...question } of jsonLines(input, Question, '{"from", "to", "context"?}')) {
    const answer = cloudAssume(inventory, { ...question, ...(context === undefined ? {} : { context }) });
    if ('error' in answer) unanswered += 1;
    await out.line(answer);
  }
  if (unanswered > 0) throw new BadUse(`${unanswered} of the questions could not be answered; their lines say why`);
}
