/** Why AWS gave no answer, as far as that decides what to do about it. */
export type FaultKind = 'denied' | 'throttled' | 'absent' | 'credentials' | 'unreachable' | 'cut' | 'failed';

/** A call that failed because of the world. Only the code goes on: messages may quote a request, and with it what signed it. */
export interface AwsFault {
  readonly kind: FaultKind;
  /** AWS's or the system's code, such as `AccessDenied` or `ECONNREFUSED`. */
  readonly code: string;
  readonly status?: number;
}

const DENIED = /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|AuthorizationErrorException|Forbidden)$/;
const CREDENTIALS = new Set([
  'AuthFailure',
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidIdentityToken',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'OptInRequired',
  'RequestExpired',
  'SignatureDoesNotMatch',
  'TokenProviderError',
  'TokenRefreshRequired',
  'UnrecognizedClientException',
]);
/** Codes of the system, of TLS and of the HTTP parser. Source: https://nodejs.org/api/errors.html */
const UNREACHABLE =
  /^(E[A-Z]{3,20}|EAI_[A-Z]+|TimeoutError|HPE_[A-Z_]+|ERR_STREAM_[A-Z_]+|(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|HOSTNAME_MISMATCH)[A-Z0-9_]*)$/;
const THROTTLED =
  /^(Throttling(Exception)?|ThrottledException|TooManyRequests(Exception)?|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|PriorRequestNotComplete|ProvisionedThroughputExceededException|BandwidthLimitExceeded|EC2ThrottledException)$/;

/**
 * What a failed call of the SDK means; undefined: it is none, but a bug of ours or of the SDK, which has to be loud.
 * Source of the codes: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html, and the services' own references.
 */
export function faultOf(error: unknown): AwsFault | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const {
    name,
    code: systemCode,
    $metadata: metadata,
  } = error as { name?: unknown; code?: unknown; $metadata?: { httpStatusCode?: unknown } };
  const status = typeof metadata?.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
  const code = wordOf(systemCode) ?? wordOf(name) ?? 'UnknownError';
  const kind = kindOf(code, status);
  // An answer that cannot be parsed carries the status of its response; whatever else has none and no known code is ours.
  if (kind === 'failed' && status === undefined) return undefined;
  return { kind, code, ...(status === undefined ? {} : { status }) };
}

function kindOf(code: string, status: number | undefined): FaultKind {
  if (code === 'AbortError' || code === 'ABORT_ERR') return 'cut';
  if (DENIED.test(code)) return 'denied';
  if (CREDENTIALS.has(code)) return 'credentials';
  if (THROTTLED.test(code) || status === 429) return 'throttled';
  if (UNREACHABLE.test(code)) return 'unreachable';
  if (status === 404 || /NotFound(Exception|Fault)?$|^NoSuch[A-Za-z]+$|NonExistentQueue$|QueueDoesNotExist$|NotInUseException$/.test(code))
    return 'absent';
  return status === 403 ? 'denied' : 'failed';
}

/** SQS prefixes its codes with a namespace (`AWS.SimpleQueueService.NonExistentQueue`). */
function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z0-9_.#:-]{1,100}$/.test(value) ? value.replace(/^.*[.#]/, '') : undefined;
}
