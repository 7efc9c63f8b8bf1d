import { apiErrorOf, readApiError } from './aws/api-error.ts';
import { type AwsReader, malformedGap, pointerOf } from './aws/reader.ts';
import { AWS_READERS } from './aws/readers.ts';
import type { AwsSink } from './aws/sink.ts';
import type { AwsOrigin } from './aws-origin.ts';

export { createAwsCollector } from './aws/collector.ts';
export type { AwsGap, AwsSink } from './aws/sink.ts';
export { type AwsOrigin, awsOriginOf } from './aws-origin.ts';

/** Keys by which an answer is AWS's although nothing in it is needed: no record has a place for it, or it repeats what another answer says. */
const OTHER_KEYS: ReadonlySet<string> = new Set([
  'AttachedPolicies',
  'Attributes',
  'Buckets',
  'Functions',
  'Grants',
  'Group',
  'Groups',
  'KeyMetadata',
  'Keys',
  'Policies',
  'Policy',
  'PolicyNames',
  'PolicyVersion',
  'QueueUrls',
  'SecretList',
  'Topics',
  'User',
  'Users',
  'Versions',
  'fargateProfile',
  'fargateProfileNames',
]);

/**
 * Reads one JSON answer of the `aws` command (or of the API, where that is JSON) into the sink. Returns whether it is an
 * AWS answer at all: an AWS answer that is not needed is `true` and says nothing. An answer of a known kind that is
 * malformed becomes a gap. Never throws for data. The kind is told by the content; the path helps only where the content
 * does not say what it is about.
 */
export function normaliseAwsAnswer(answer: unknown, origin: AwsOrigin, sink: AwsSink): boolean {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return false;
  if (Object.hasOwn(answer, 'kind') && Object.hasOwn(answer, 'apiVersion')) return false;
  if (origin.account !== undefined && origin.command !== undefined) sink.account(origin.account);
  const candidates = AWS_READERS.filter((candidate) => isKind(candidate, answer, origin));
  if (candidates.length > 0) return readWith(candidates, answer, { origin, sink });
  if (origin.command !== undefined) {
    const error = apiErrorOf(answer);
    if (error !== undefined) readApiError(error, origin, sink);
    return true;
  }
  return Object.keys(answer).some((key) => OTHER_KEYS.has(key)) && !Object.hasOwn(answer, 'kind');
}

function isKind({ commands, keys, tells }: AwsReader, answer: object, { command }: AwsOrigin): boolean {
  if (!keys.every((key) => Object.hasOwn(answer, key))) return false;
  if (commands === undefined) return true;
  return command === undefined ? tells?.(answer) === true : commands.includes(command);
}

/** A key like `cluster` is anybody's: with another shape, and no path that says otherwise, the answer is not AWS's. */
function readWith(
  candidates: readonly AwsReader[],
  answer: object,
  { origin, sink }: { readonly origin: AwsOrigin; readonly sink: AwsSink },
): boolean {
  for (const candidate of candidates) {
    const parsed = candidate.shape.safeParse(answer);
    if (!parsed.success) continue;
    candidate.read(parsed.data, origin, sink);
    return true;
  }
  const [first] = candidates;
  if (first === undefined || (candidates.every(({ everyday }) => everyday) && origin.command === undefined)) return false;
  const issue = first.shape.safeParse(answer).error?.issues[0];
  const at = { file: origin.file, pointer: pointerOf(issue?.path ?? []), why: issue?.message ?? 'does not have the expected shape' };
  sink.gap(malformedGap(`answer with \`${first.keys.join('`, `')}\``, at));
  return true;
}
