import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as z from 'zod';
import { indexRbac } from '../../access/rbac/bindings.ts';
import { reasonOf } from '../../access/rbac/reason.ts';
import { type Question, review, type Verdict } from '../../access/rbac/review.ts';
import { BadUse } from '../bad-use.ts';
import type { Output } from '../print.ts';
import { readWorld, type WorldOptions } from '../world.ts';

/** Absent and `null` mean empty, as they do to the API server's decoder. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const Spec = z
  .object({
    user: text,
    groups: z.array(z.string()).nullish(),
    resourceAttributes: z.object({ namespace: text, verb: text, group: text, resource: text, subresource: text, name: text }).nullish(),
    nonResourceAttributes: z.object({ path: text, verb: text }).nullish(),
  })
  .refine(
    (spec) => (spec.resourceAttributes == null) !== (spec.nonResourceAttributes == null),
    'needs either resourceAttributes or nonResourceAttributes',
  );

function questionOf(line: string, number: number): Question {
  let json: unknown;
  try {
    // Some shells put a byte order mark before the first line.
    json = JSON.parse(number === 1 ? line.replace(/^\uFEFF/, '') : line);
  } catch {
    throw new BadUse(`line ${number} of the input is no JSON; give one SubjectAccessReview spec a line`);
  }
  const whole = json as { spec?: unknown };
  const parsed = Spec.safeParse(whole?.spec ?? json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadUse(`line ${number} of the input: ${issue?.path.join('.') || 'the spec'}: ${issue?.message ?? 'not understood'}`);
  }
  const { user, groups, resourceAttributes: resource, nonResourceAttributes: path } = parsed.data;
  const who = { user, groups: groups ?? [] };
  if (path != null) return { ...who, kind: 'path', request: path };
  if (resource == null) throw new Error('the schema lets no spec without attributes pass');
  const { namespace, verb, group, resource: name, subresource } = resource;
  return { ...who, kind: 'resource', namespace, request: { verb, apiGroup: group, resource: name, subresource, name: resource.name } };
}

const named = (object: { kind: string; namespace?: string; name: string }) => ({
  kind: object.kind,
  ...(object.namespace === undefined ? {} : { namespace: object.namespace }),
  name: object.name,
});

function answerOf(verdict: Verdict): unknown {
  const reason = reasonOf(verdict);
  if (!verdict.allowed || verdict.by === 'masters') return { allowed: verdict.allowed, reason };
  const { grant, ruleIndex } = verdict.by;
  const { binding, subject, role } = grant;
  return {
    allowed: true,
    reason,
    binding: named(binding),
    role: role === undefined ? undefined : { ...named(role), rule: ruleIndex },
    subject,
  };
}

/** `review`: SubjectAccessReview specs as JSON lines on stdin, one verdict a line, in the same order. */
export async function reviewCommand(options: WorldOptions, input: Readable, out: Output): Promise<void> {
  const { kubernetes } = await readWorld(options);
  const index = indexRbac(kubernetes.roles, kubernetes.bindings);
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() !== '') await out.line(answerOf(review(index, questionOf(line, number))));
  }
}
