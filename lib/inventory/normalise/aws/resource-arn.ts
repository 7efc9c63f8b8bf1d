import { splitArn } from '../aws-arn.ts';

/** What the path says of a resource: all of its ARN, or the parts that its short name leaves. */
export type NamedResource =
  | { readonly arn: string; readonly account?: string }
  | { readonly service: string; readonly resource: string; readonly account?: string; readonly region?: string };

/** How the resource part of a service's ARN is made of a short name: `function:NAME`. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const RESOURCE_PREFIX: ReadonlyMap<string, string> = new Map([
  ['kms', 'key/'],
  ['lambda', 'function:'],
  ['ecr', 'repository/'],
]);

/** `https://sqs.eu-west-1.amazonaws.com/111122223333/orders` */
const QUEUE_URL = /^https:\/\/sqs\.([a-z0-9-]{1,40})\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([^/]{1,120})$/;
/** An ARN in which `:` and `/` became `_`: the first five parts never hold one themselves. */
const FLAT_ARN = /^arn_(aws[a-z-]{0,20})_([a-z0-9-]{1,40})_([a-z0-9-]{0,40})_(\d{12}|)_(.+)$/s;

/**
 * Which resource a path means by RESOURCE (see awsOriginOf): an ARN, an ARN with `_` for `:` and `/`, the URL of a queue, or the short
 * name of a bucket, key, queue, topic, function or repository. `account` is the path's.
 */
export function namedResource(service: string, text: string, account: string | undefined): NamedResource {
  const arn = splitArn(text);
  if (arn !== undefined) return { arn: text, ...accountOr(arn.account, account) };
  const flat = FLAT_ARN.exec(text);
  if (flat !== null) return fromFlat(flat, account);
  const queue = service === 'sqs' ? QUEUE_URL.exec(text) : null;
  if (queue !== null) return { service, resource: queue[3] ?? '', account: queue[2] ?? '', region: queue[1] ?? '' };
  const prefix = RESOURCE_PREFIX.get(service) ?? '';
  return { service, resource: text.startsWith(prefix) ? text : prefix + text, ...accountOr('', account) };
}

function fromFlat(
  [, partition = '', service = '', region = '', owner = '', rest = '']: RegExpExecArray,
  account: string | undefined,
): NamedResource {
  const prefix = RESOURCE_PREFIX.get(service) ?? '';
  const flatPrefix = prefix.replace(/[:/]/, '_');
  const resource = prefix !== '' && rest.startsWith(flatPrefix) ? prefix + rest.slice(flatPrefix.length) : rest;
  return { arn: `arn:${partition}:${service}:${region}:${owner}:${resource}`, ...accountOr(owner, account) };
}

function accountOr(own: string, path: string | undefined): { readonly account?: string } {
  if (own !== '') return { account: own };
  return path === undefined ? {} : { account: path };
}
