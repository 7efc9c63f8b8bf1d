'use client';
import type { CutsAnswer } from '../../lib/api/cuts-contract.ts';
import { useAnswer } from './use-answer.ts';
import { useJewels } from './use-jewels.ts';

/** In the place of a target: cluster admin, nodes, secrets of kube-system, cloud administrators, and what is marked. */
const JEWELS = 'crown-jewels';

/** The fewest changes that keep what is compromised from the crown jewels. Asks nothing while `from` is empty. */
export function useCuts({ from }: { readonly from: readonly string[] }) {
  const jewels = useJewels();
  return useAnswer<CutsAnswer>({ path: 'cuts', query: { from, to: [JEWELS], jewels }, enabled: from.length > 0 });
}
