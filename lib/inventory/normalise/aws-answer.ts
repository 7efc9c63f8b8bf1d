import type { AwsOrigin } from './aws-origin.ts';
import { AWS_READERS } from './aws-readers.ts';
import { type AwsGap, type AwsReader, type AwsSink, malformedGap, pointerOf } from './aws-sink.ts';

export { createAwsCollector } from './aws-collector.ts';
export { type AwsOrigin, awsOriginOf } from './aws-origin.ts';
export type { AwsGap, AwsSink } from './aws-sink.ts';

/** Keys by which an answer is AWS's although nothing in it is needed yet. */
const OTHER_KEYS: ReadonlySet<string> = new Set([
  'accessEntries',
  'accessEntry',
  'addon',
  'addons',
  'associatedAccessPolicies',
  'clusters',
  'fargateProfile',
  'fargateProfileNames',
  'nodegroup',
  'nodegroups',
  'AttachedPolicies',
  'Group',
  'Groups',
  'InstanceProfile',
  'InstanceProfiles',
  'Policies',
  'Policy',
  'PolicyNames',
  'PolicyVersion',
  'User',
  'Users',
  'Versions',
  'Accounts',
  'Organization',
  'OrganizationalUnits',
  'Parents',
  'Roots',
  'Targets',
  'Buckets',
  'Grants',
  'KeyMetadata',
  'Keys',
  'SecretList',
  'QueueUrls',
  'Attributes',
  'Topics',
  'Functions',
  'Reservations',
  'repositories',
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
  const reader = AWS_READERS.find((candidate) => isKind(candidate, answer, origin));
  if (reader !== undefined) return readWith(reader, answer, { origin, sink });
  if (origin.command !== undefined) {
    if (isError(answer)) sink.gap(errorGap(answer, origin));
    return true;
  }
  return Object.keys(answer).some((key) => OTHER_KEYS.has(key)) && !Object.hasOwn(answer, 'kind');
}

function isKind(reader: AwsReader, answer: object, origin: AwsOrigin): boolean {
  if (!reader.keys.every((key) => Object.hasOwn(answer, key))) return false;
  return reader.commands === undefined || (origin.command !== undefined && reader.commands.includes(origin.command));
}

/** A key like `cluster` is anybody's: with another shape, and no path that says otherwise, the answer is not AWS's. */
function readWith(reader: AwsReader, answer: object, target: { readonly origin: AwsOrigin; readonly sink: AwsSink }): boolean {
  const { origin, sink } = target;
  const parsed = reader.shape.safeParse(answer);
  if (parsed.success) {
    reader.read(parsed.data, origin, sink);
    return true;
  }
  if (reader.everyday === true && origin.command === undefined) return false;
  const issue = parsed.error.issues[0];
  const at = { file: origin.file, pointer: pointerOf(issue?.path ?? []), why: issue?.message ?? 'does not have the expected shape' };
  sink.gap(malformedGap(`answer with \`${reader.keys.join('`, `')}\``, at));
  return true;
}

function isError(answer: object): boolean {
  return Object.hasOwn(answer, '__type') || Object.hasOwn(answer, 'Error') || Object.hasOwn(answer, 'message');
}

function errorGap(answer: object, origin: AwsOrigin): AwsGap {
  const refused = /AccessDenied|not authorized|UnauthorizedOperation/i.test(JSON.stringify(answer));
  return {
    source: 'aws',
    what: `answer of ${origin.command ?? 'the aws command'}`,
    ...(origin.account === undefined ? {} : { where: origin.account }),
    why: `the file holds an error of the API${refused ? ', which refused the call,' : ''} instead of an answer`,
    remedy: refused ? 'run the command again with an identity that may call it' : 'run the command again',
    ...(refused && origin.command !== undefined ? { permission: permissionOf(origin.command) } : {}),
    file: origin.file,
  };
}

/** `iam-get-open-id-connect-provider` needs `iam:GetOpenIDConnectProvider`. */
function permissionOf(command: string): string {
  const [service = '', ...words] = command.split('-');
  const action = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return `${service === 's3api' ? 's3' : service}:${action.replace('OpenId', 'OpenID')}`;
}
