import { describe, expect, test } from 'vitest';
import { type FaultKind, faultOf } from './fault.ts';

const answered = (name: string, httpStatusCode: number): object => ({ name, message: 'CANARY', $metadata: { httpStatusCode } });

describe('what a failed call means', () => {
  const rows: [name: string, error: unknown, kind: FaultKind, code: string][] = [
    ['IAM refuses', answered('AccessDenied', 403), 'denied', 'AccessDenied'],
    ['EKS refuses', answered('AccessDeniedException', 400), 'denied', 'AccessDeniedException'],
    ['EC2 refuses', answered('UnauthorizedOperation', 403), 'denied', 'UnauthorizedOperation'],
    ['SNS refuses', answered('AuthorizationErrorException', 403), 'denied', 'AuthorizationErrorException'],
    ['a refusal with a code of its own', answered('SomethingElse', 403), 'denied', 'SomethingElse'],
    ['an expired token', answered('ExpiredTokenException', 403), 'credentials', 'ExpiredTokenException'],
    ['a region that does not know the key', answered('UnrecognizedClientException', 403), 'credentials', 'UnrecognizedClientException'],
    ['no credentials', { name: 'CredentialsProviderError' }, 'credentials', 'CredentialsProviderError'],
    ['throttling in the query protocol', answered('Throttling', 400), 'throttled', 'Throttling'],
    ['throttling of EC2', answered('RequestLimitExceeded', 503), 'throttled', 'RequestLimitExceeded'],
    ['throttling of S3', answered('SlowDown', 503), 'throttled', 'SlowDown'],
    ['throttling by the status', answered('Whatever', 429), 'throttled', 'Whatever'],
    ['nothing of that name', answered('NoSuchEntityException', 404), 'absent', 'NoSuchEntityException'],
    ['no such key', answered('NotFoundException', 400), 'absent', 'NotFoundException'],
    ['no such queue', answered('AWS.SimpleQueueService.NonExistentQueue', 400), 'absent', 'NonExistentQueue'],
    ['a refused connection', { name: 'Error', code: 'ECONNREFUSED', $metadata: { attempts: 2 } }, 'unreachable', 'ECONNREFUSED'],
    ['an unknown host', { name: 'Error', code: 'ENOTFOUND' }, 'unreachable', 'ENOTFOUND'],
    ['silence', { name: 'TimeoutError' }, 'unreachable', 'TimeoutError'],
    ['a certificate nobody signed', { name: 'Error', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'unreachable', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['an abort', { name: 'AbortError' }, 'cut', 'AbortError'],
    ['a server error', answered('InternalFailure', 500), 'failed', 'InternalFailure'],
    ['an answer that is none', answered('SyntaxError', 200), 'failed', 'SyntaxError'],
    ['a code that is no word', answered('<b>CANARY</b>', 500), 'failed', 'UnknownError'],
  ];
  test.each(rows)('%s', (_name, error, kind, code) => {
    const fault = faultOf(error);
    expect(fault).toMatchObject({ kind, code });
    expect(JSON.stringify(fault)).not.toContain('CANARY');
  });

  const ours: [name: string, error: unknown][] = [
    ['a mistake of ours', new TypeError('x is not a function')],
    ['an error without a code', new Error('boom')],
    ['no error at all', 'text'],
    ['nothing', undefined],
  ];
  test.each(ours)('%s is none, and stays loud', (_name, error) => {
    expect(faultOf(error)).toBeUndefined();
  });
});
