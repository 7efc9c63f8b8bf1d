import type { Readable } from 'node:stream';
import * as z from 'zod';
import { cloudReview } from '../../access/cloud/review.ts';
import { BadUse } from '../bad-use.ts';
import { ContextKeys } from '../context-keys.ts';
import { jsonLines } from '../json-lines.ts';
import type { Output } from '../print.ts';
import { readWorld, type WorldOptions } from '../world.ts';

const Question = z.object({
  provider: z.enum(['aws', 'gcp', 'azure']),
  identity: z.string().min(1),
  action: z.string().min(1),
  resource: z.string().min(1),
  context: ContextKeys,
  resourcePolicy: z.unknown().optional(),
});

/**
 * `cloud-review`: `{provider, identity, action, resource, context?, resourcePolicy?}` as JSON lines on stdin, one `{decision, by, dependsOn?}` a
 * line in the same order. A line that names an identity that is not there gets `{error}`, and the program ends with 2 after the last line.
 */
export async function cloudReviewCommand(options: WorldOptions, input: Readable, out: Output): Promise<void> {
  const inventory = await readWorld(options);
  let unanswered = 0;
  for await (const { context, ...question } of jsonLines(
    input,
    Question,
    '{"provider", "identity", "action", "resource", "context"?, "resourcePolicy"?}',
  )) {
    const answer = cloudReview(inventory, { ...question, ...(context === undefined ? {} : { context }) });
    if ('error' in answer) unanswered += 1;
    await out.line(answer);
  }
  if (unanswered > 0) throw new BadUse(`${unanswered} of the questions could not be answered; their lines say why`);
}
