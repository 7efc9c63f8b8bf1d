'use client';
import type { DiagnosisAnswer } from '../../lib/api/identities-contract.ts';
import { useAnswer } from './use-answer.ts';

/** Why a service account's cloud identities work or do not; with `identity` that one alone. */
export function useDiagnosis(account: string | undefined, identity?: string | undefined) {
  return useAnswer<DiagnosisAnswer>({ path: 'diagnosis', query: { account, identity }, enabled: Boolean(account) });
}
