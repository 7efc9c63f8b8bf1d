import { errorCode } from '../error-code.ts';
import { SourceError } from '../source-error.ts';

const UNTRUSTED = /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|HOSTNAME_MISMATCH)/;
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * What a failed request means, from the error's code alone: messages and causes of the layers below may quote
 * headers or carry certificates, so neither goes on.
 */
export function transportFailure(error: unknown, server: string, operation: string): SourceError {
  if (error instanceof SourceError) return error;
  const code = errorCode(error);
  const named = code ?? 'unknown error';
  if (code !== undefined && UNTRUSTED.test(code)) {
    const remedy = 'correct certificate-authority, tls-server-name or the client certificate of the context';
    return failed(`no trusted TLS connection to ${server} (${named}); ${remedy}`, operation, false);
  }
  if (code !== undefined && UNREACHABLE.has(code)) {
    const remedy = 'check the address in the kubeconfig, the network or VPN, and that the cluster is up';
    return failed(`cannot reach ${server} (${named}); ${remedy}`, operation, code !== 'ENOTFOUND');
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    return failed(
      'the credentials hold characters that no HTTP header may hold; correct the token or the names of the context',
      operation,
      false,
    );
  }
  return failed(`the connection to ${server} broke (${named})`, operation, true);
}

function failed(message: string, operation: string, retryable: boolean): SourceError {
  return new SourceError(message, { source: 'kubernetes', operation, retryable });
}
