import type { AccessToken, DefaultAzureCredential } from '@azure/identity';
import { SourceError } from '../source-error.ts';
import { withinSignal } from '../within-signal.ts';

/** The headers of a request to Azure Resource Manager or Microsoft Graph, each of which wants a token of its own. */
export type AzureAuthenticate = (url: URL, signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;

const SIGN_IN = 'run `az login`, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET';

/** A token that ends so soon is not used for another request. */
const SPARE_MS = 5 * 60_000;

/**
 * DefaultAzureCredential: environment, workload identity, managed identity, Azure CLI, PowerShell and Developer CLI; `AZURE_TOKEN_CREDENTIALS`
 * narrows it. Tokens are kept, since the CLI is a process for each. The library's errors may quote what it read, so none of them goes on.
 */
export function azureCredentials(): AzureAuthenticate {
  let credential: DefaultAzureCredential | undefined;
  return keepTokens(async (scope, signal) => {
    // Loaded when it is needed: it takes longer than most commands.
    const identity = await import('@azure/identity');
    try {
      // Its constructor throws where a variable names credentials that do not exist.
      credential ??= new identity.DefaultAzureCredential();
      return await withinSignal(credential.getToken(scope, { abortSignal: signal }), signal);
    } catch {
      signal.throwIfAborted();
      throw new SourceError(`no Azure credentials gave a token for ${new URL(scope).host}; ${SIGN_IN}`, {
        source: 'azure',
        operation: 'authenticate',
      });
    }
  }, Date.now);
}

/** One token for each host, asked for once by whoever comes first and again when it is about to end. */
export function keepTokens(
  getToken: (scope: string, signal: AbortSignal) => Promise<Pick<AccessToken, 'token' | 'expiresOnTimestamp'>>,
  now: () => number,
): AzureAuthenticate {
  const kept = new Map<string, Promise<Pick<AccessToken, 'token' | 'expiresOnTimestamp'>>>();
  const fetchToken = (scope: string, signal: AbortSignal) => {
    const fetched = getToken(scope, signal);
    kept.set(scope, fetched);
    fetched.catch(() => kept.delete(scope));
    return fetched;
  };
  return async (url, signal) => {
    // The scope of a resource is its address: https://learn.microsoft.com/en-us/entra/identity-platform/scopes-oidc#the-default-scope
    const scope = `${url.origin}/.default`;
    const held = kept.get(scope) ?? fetchToken(scope, signal);
    let token = await held;
    if (token.expiresOnTimestamp - now() < SPARE_MS) {
      // Whoever is first to see it renews it for all.
      const newer = kept.get(scope);
      token = await (newer === undefined || newer === held ? fetchToken(scope, signal) : newer);
    }
    return { authorization: `Bearer ${token.token}` };
  };
}
