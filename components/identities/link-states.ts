import type { CloudLink } from '../../lib/api/contract.ts';

type LinkState = CloudLink['state'];

/** The four states in the order in which they are listed: letter and word, and what they mean. */
export const LINK_STATES: readonly { readonly state: LinkState; readonly letter: string; readonly word: string; readonly says: string }[] =
  [
    { state: 'wired', letter: 'W', word: 'Wired', says: 'its pods are given this identity' },
    { state: 'broken', letter: 'B', word: 'Broken', says: 'something points at the identity, and it does not work' },
    { state: 'conditional', letter: 'C', word: 'Conditional', says: 'it hangs on something that is not known' },
    {
      state: 'possible',
      letter: 'P',
      word: 'Possible',
      says: 'nothing wires it, and whoever writes its pods gets the identity all the same',
    },
  ];

export const LINK_STATE_VALUES: readonly LinkState[] = LINK_STATES.map(({ state }) => state);

const BY_STATE = new Map(LINK_STATES.map((one) => [one.state, one]));

/** Letter, word and meaning of a state. */
export function linkState(state: LinkState): (typeof LINK_STATES)[number] {
  return BY_STATE.get(state) as (typeof LINK_STATES)[number];
}

/** What people call the clouds. */
export const PROVIDER_WORDS: Readonly<Record<CloudLink['provider'], string>> = { aws: 'AWS', gcp: 'Google Cloud', azure: 'Azure' };

/** How a link works, in words. */
export const METHOD_WORDS: Readonly<Record<CloudLink['method'], string>> = {
  irsa: 'IRSA',
  'pod-identity': 'EKS Pod Identity',
  gke: 'GKE workload identity',
  federation: 'Federated token',
  aks: 'AKS workload identity',
};
