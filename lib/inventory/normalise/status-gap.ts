import type { Gap } from '../gap.ts';
import { isObject } from './field-reader.ts';

// What the API server says of a denied request (staging/src/k8s.io/apiserver/pkg/endpoints/handlers/responsewriters/errors.go).
const FORBIDDEN =
  /cannot (\S{1,64}) (?:resource|path) "([^"]{1,300})"(?: in API group "([^"]{0,253})")?(?: (at the cluster scope|in the namespace "([^"]{1,253})"))?/;
const SENTENCE_MAX = 500;

/** Where a message stood. */
export interface MessageOrigin {
  readonly source: Gap['source'];
  readonly file?: string;
  readonly pointer?: string;
}

/** A `Status` of an API server that says that something failed; undefined: it is no such object. */
export function statusGap(object: unknown, origin: MessageOrigin): Omit<Gap, 'id'> | undefined {
  if (!isObject(object) || object.kind !== 'Status' || object.status !== 'Failure') return undefined;
  const message = typeof object.message === 'string' ? object.message : '';
  return (
    forbiddenGap(message, origin) ??
    failureGap(message !== '' ? message : typeof object.reason === 'string' ? object.reason : 'it gives no reason', origin)
  );
}

/** A message of the kind `pods is forbidden: User "x" cannot list resource "pods" in API group "" at the cluster scope`. */
export function forbiddenGap(message: string, origin: MessageOrigin): Omit<Gap, 'id'> | undefined {
  const match = FORBIDDEN.exec(message.slice(0, 4 * SENTENCE_MAX));
  if (match === null) return undefined;
  const [, verb = '', resource = '', group = '', , namespace] = match;
  const what = group === '' ? resource : `${resource}.${group}`;
  return {
    source: origin.source,
    what: resource,
    resources: [what],
    ...(namespace === undefined ? {} : { where: namespace }),
    why: shortened(message),
    remedy: `grant \`${verb} ${what}\`${namespace === undefined ? '' : ` in namespace \`${namespace}\``} to whoever collects, and collect again`,
    permission: `${verb} ${what}`,
    ...placeOf(origin),
  };
}

function failureGap(message: string, origin: MessageOrigin): Omit<Gap, 'id'> {
  return {
    source: origin.source,
    what: origin.file === undefined ? 'an answer of the API server' : `what \`${origin.file}\` was to hold`,
    why: `the API server answered with a failure: ${shortened(message)}`,
    remedy: 'run the command again when it succeeds',
    ...placeOf(origin),
  };
}

function placeOf({ file, pointer }: MessageOrigin): Pick<Gap, 'file' | 'pointer'> {
  return { ...(file === undefined ? {} : { file }), ...(pointer === undefined ? {} : { pointer }) };
}

function shortened(message: string): string {
  const line = message.replace(/[\r\n]+/g, ' ').trim();
  return line.length > SENTENCE_MAX ? `${line.slice(0, SENTENCE_MAX)}…` : line;
}
