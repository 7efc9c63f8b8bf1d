import type { CloudLink } from '../../lib/api/contract.ts';
import { toCsv } from '../ui/csv.ts';

/** Links as CSV, in the order given. */
export function linksCsv(links: readonly CloudLink[]): string {
  return toCsv(
    ['service account', 'cloud', 'identity', 'method', 'audience', 'state', 'code', 'reason'],
    links.map(({ serviceAccount, provider, identity, method, audience, state, code, reason }) => [
      serviceAccount,
      provider,
      identity,
      method,
      audience,
      state,
      code,
      reason,
    ]),
  );
}
