'use client';
import type { IdentityDetail } from '../../lib/api/identities-contract.ts';
import { useAnswer } from './use-answer.ts';

/** What a cloud identity may do and who may act as it. Asks nothing without an id. */
export function useIdentity(id: string | undefined) {
  return useAnswer<IdentityDetail>({ path: 'identity', query: { id }, enabled: Boolean(id) });
}
