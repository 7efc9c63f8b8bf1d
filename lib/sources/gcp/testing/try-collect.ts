import { type Tried, tryAccount } from '../../testing/try-account.ts';
import { collectGcp, type GcpOptions } from '../collect.ts';
import { endpointsAt, type GoogleServerOptions, startGoogleServer, TOKEN } from './google-server.ts';

/** Collects from a server of its own, with pauses of a millisecond. */
export async function tryCollect(
  server: GoogleServerOptions = {},
  { base, builder, ...rest }: Partial<Omit<GcpOptions, 'env'>> & { readonly base?: string } = {},
): Promise<Tried> {
  const google = await startGoogleServer(server);
  const collect: Parameters<typeof tryAccount>[1] = (given) =>
    collectGcp({
      ...given,
      projects: ['acme-prod-eu', 'acme-data-eu'],
      env: endpointsAt(base ?? google.base),
      authenticate: async () => ({ authorization: `Bearer ${TOKEN}` }),
      ...rest,
    });
  return tryAccount(google, collect, builder);
}
