import type { CloudLink } from '../../lib/api/contract.ts';

/** What narrows links between service accounts and cloud identities. */
export type LinkFilters = {
  readonly provider?: CloudLink['provider'] | undefined;
  readonly namespace?: string | undefined;
  readonly state?: CloudLink['state'] | undefined;
  /** `hide`: without identities that let nearly every service account in. */
  readonly everyone?: 'show' | 'hide' | undefined;
  readonly q?: string | undefined;
};
