import { type Tried, tryAccount } from '../../testing/try-account.ts';
import { type AzureOptions, collectAzure } from '../collect.ts';
import { type AzureServerOptions, SUBSCRIPTION, startAzureServer, TOKENS } from './azure-server.ts';

/** Collects from a server of its own, with pauses of a millisecond. */
export async function tryCollect(
  server: AzureServerOptions | ((base: () => string) => AzureServerOptions) = {},
  { base, builder, ...rest }: Partial<Omit<AzureOptions, 'endpoints'>> & { readonly base?: string } = {},
): Promise<Tried> {
  let own = '';
  const azure = await startAzureServer(typeof server === 'function' ? server(() => own) : server);
  own = azure.base;
  const at = base ?? own;
  const collect: Parameters<typeof tryAccount>[1] = (given) =>
    collectAzure({
      ...given,
      subscriptions: [SUBSCRIPTION],
      env: {},
      authenticate: async (url) => ({ authorization: `Bearer ${url.pathname.startsWith('/graph') ? TOKENS.graph : TOKENS.management}` }),
      endpoints: { management: `${at}/management`, graph: `${at}/graph` },
      ...rest,
    });
  return tryAccount(azure, collect, builder);
}
