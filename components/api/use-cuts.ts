'use client';
import type { CutsAnswer } from '../../lib/api/cuts-contract.ts';
import { apiUrl } from './fetch-json.ts';
import { useAnswer } from './use-answer.ts';
import { useJewels } from './use-jewels.ts';

/** In the place of a target: cluster admin, nodes, secrets of kube-system, cloud administrators, and what is marked. */
const JEWELS = 'crown-jewels';

interface CutsQuestion {
  readonly from: readonly string[];
  /** What is marked besides what is a crown jewel by default. */
  readonly jewels: readonly string[];
}

const cutsQuery = ({ from, jewels }: CutsQuestion) => ({ from, to: [JEWELS], jewels });

/** Address of the changes that keep what is compromised from the crown jewels. */
export const cutsUrl = (question: CutsQuestion): string => apiUrl('cuts', cutsQuery(question));

/** The fewest changes that keep what is compromised from the crown jewels. Asks nothing while `from` is empty. */
export function useCuts({ from }: { readonly from: readonly string[] }) {
  const jewels = useJewels();
  return useAnswer<CutsAnswer>({ path: 'cuts', query: cutsQuery({ from, jewels }), enabled: from.length > 0 });
}
