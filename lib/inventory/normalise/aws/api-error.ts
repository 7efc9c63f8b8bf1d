import type { AwsOrigin } from '../aws-origin.ts';
import { readNoPolicy } from './read-resource-policies.ts';
import type { AwsGap, AwsSink } from './sink.ts';

/** An error of the API, as far as what was stored of it says it. */
interface ApiError {
  /** `AccessDenied`, `NoSuchBucketPolicy`; empty where it is not said. */
  readonly code: string;
  readonly message: string;
  /** `ListRoles`, as the aws command's own message names it. */
  readonly operation?: string;
}

const REFUSED = /AccessDenied|UnauthorizedOperation|not authorized|AuthorizationError|\bForbidden\b/i;
/** https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html shows the command's message. */
const COMMAND_MESSAGE = /An error occurred \((\w{1,100})\)(?: when calling the (\w{1,100}) operation)?/;
const MESSAGE_MAX = 4096;

/** The error that an answer is; undefined: it is none. */
export function apiErrorOf(answer: object): ApiError | undefined {
  const own = answer as Record<string, unknown>;
  const nested = typeof own.Error === 'object' && own.Error !== null ? (own.Error as Record<string, unknown>) : own;
  const said =
    [nested.Message, nested.message].find((one) => typeof one === 'string') ?? (typeof own.Error === 'string' ? own.Error : undefined);
  if (!['__type', 'Error', 'message', 'Message'].some((key) => Object.hasOwn(answer, key))) return undefined;
  const message = typeof said === 'string' ? said.slice(0, MESSAGE_MAX) : '';
  const code = [nested.Code, nested.code, own.__type].find((one) => typeof one === 'string');
  const inMessage = COMMAND_MESSAGE.exec(message);
  return {
    code: typeof code === 'string' ? codeIn(code) : (inMessage?.[1] ?? ''),
    message,
    ...(inMessage?.[2] === undefined ? {} : { operation: inMessage[2] }),
  };
}

/** `com.amazonaws.eks#AccessDeniedException` and `AccessDeniedException:http://…` are AccessDeniedException. */
function codeIn(text: string): string {
  return /^[A-Za-z.]{1,100}/.exec(text.slice(text.lastIndexOf('#') + 1))?.[0] ?? '';
}

/** Tells what an error says: that there is nothing to read, or that it could not be read. */
export function readApiError(error: ApiError, origin: AwsOrigin, sink: AwsSink): void {
  if (readNoPolicy(error.code, origin, sink)) return;
  if (error.code === 'AWSOrganizationsNotInUseException' && origin.account !== undefined) {
    sink.organization({ says: 'none', account: origin.account });
    return;
  }
  sink.gap(errorGap(error, origin));
}

function errorGap({ code, message, operation }: ApiError, origin: AwsOrigin): AwsGap {
  const refused = REFUSED.test(code) || REFUSED.test(message);
  const permission = permissionOf(origin.command, operation);
  const about = origin.resource === undefined ? '' : ` about ${origin.resource.slice(0, 300)}`;
  return {
    source: 'aws',
    what: `answer of ${origin.command ?? 'the aws command'}${about}`,
    ...(origin.account === undefined ? {} : { where: origin.account }),
    why: `the file holds an error of the API${code === '' ? '' : ` (${code})`}${refused ? ', which refused the call,' : ''} instead of an answer`,
    remedy: refused ? 'run the command again with an identity that may call it' : 'run the command again',
    ...(refused && permission !== undefined ? { permission } : {}),
    file: origin.file,
  };
}

/** Actions that are not called as their operations are. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const ACTION_OF: ReadonlyMap<string, string> = new Map([['s3:ListBuckets', 's3:ListAllMyBuckets']]);

/** `iam-get-open-id-connect-provider` needs `iam:GetOpenIDConnectProvider`. */
function permissionOf(command: string | undefined, operation: string | undefined): string | undefined {
  if (command === undefined) return undefined;
  const [service = '', ...words] = command.split('-');
  const action =
    operation ??
    words
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('')
      .replace('OpenId', 'OpenID');
  const permission = `${service === 's3api' ? 's3' : service}:${action}`;
  return ACTION_OF.get(permission) ?? permission;
}
