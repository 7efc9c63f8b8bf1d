import type { GoogleAuth } from 'google-auth-library';
import { SourceError } from '../source-error.ts';
import { withinSignal } from '../within-signal.ts';

/** The headers of a request to Google: the token, and the project that the request is billed to where the credentials name one. */
export type GcpAuthenticate = (url: URL, signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;

/**
 * Most methods of IAM take no narrower scope; what may be done is decided by the roles of whoever signs in.
 * Source: "Authorization scopes" of https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/getIamPolicy
 */
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

const SIGN_IN = 'run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS to a file of credentials';

/**
 * Application default credentials: GOOGLE_APPLICATION_CREDENTIALS, what gcloud left, workload identity federation, the metadata server.
 * The library keeps the token and renews it. Its errors may quote what it read, so none of them goes on.
 * Without a `project` it would look one up that nobody needs, and fail where the credentials may not.
 */
export function googleCredentials(project: string): GcpAuthenticate {
  let opened: Promise<GoogleAuth> | undefined;
  return async (url, signal) => {
    opened ??= openAuth(project);
    const auth = await opened;
    const client = await within(auth.getClient(), signal, `no Google Cloud credentials were found; ${SIGN_IN}`);
    const headers = await within(client.getRequestHeaders(url.href), signal, `the Google Cloud credentials gave no token; ${SIGN_IN}`);
    return Object.fromEntries(headers.entries());
  };
}

/** Loaded when it is needed: it takes longer than most commands. */
async function openAuth(projectId: string): Promise<GoogleAuth> {
  const { GoogleAuth } = await import('google-auth-library');
  return new GoogleAuth({ scopes: SCOPE, projectId });
}

async function within<T>(promise: Promise<T>, signal: AbortSignal, message: string): Promise<T> {
  try {
    return await withinSignal(promise, signal);
  } catch {
    signal.throwIfAborted();
    throw new SourceError(message, { source: 'gcp', operation: 'authenticate' });
  }
}
