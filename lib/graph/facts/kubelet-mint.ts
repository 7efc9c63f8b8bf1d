import { opensApiServer } from '../../access/pod/token.ts';
import type { Certainty } from '../kinds.ts';
import type { Facts } from './facts.ts';
import { holdsApiToken } from './holds-api-token.ts';

/** From this minor version on a kubelet may ask only for audiences that a volume of the pod names (ServiceAccountNodeAudienceRestriction). */
const RESTRICTED_FROM = 33;

/** Whether a kubelet of this minor version's cluster may ask for a token of an audience that no volume of the pod names. */
export const mintsWithoutVolume = (minorVersion: number): boolean => minorVersion < RESTRICTED_FROM;

export const MINT_HANGS_ON =
  'an API server before 1.33, whose kubelets may ask for tokens of any audience; its version is not known, and no volume of the pod has a token';

const remembered = new WeakMap<Facts, (place: number) => Certainty | undefined>();

/**
 * Whether the kubelet of a pod's node may mint a token for the API server as the pod's service account; undefined: it may not. The Node authorizer
 * lets it for pods bound to its node, but for mirror pods, which the caller leaves out; from 1.33 on only where a volume of the pod names the audience.
 * Sources: kubernetes/plugin/pkg/auth/authorizer/node, plugin/pkg/admission/noderestriction (`validateNodeServiceAccountAudience`), pkg/features/kube_features.go.
 */
export function kubeletMints(facts: Facts): (place: number) => Certainty | undefined {
  const known = remembered.get(facts) ?? decideMints(facts);
  remembered.set(facts, known);
  return known;
}

function decideMints(facts: Facts): (place: number) => Certainty | undefined {
  const { pods, minorVersion, inventory } = facts;
  const holds = holdsApiToken(facts);
  const named = pods.perTemplate(({ spec }) =>
    spec.volumes.some(({ tokens }) => tokens.some(({ audience }) => opensApiServer(audience, inventory.cluster.issuer))),
  );
  const otherwise = minorVersion === undefined ? 'conditional' : mintsWithoutVolume(minorVersion) ? 'certain' : undefined;
  return (place) => (named(place) || holds(place) ? 'certain' : otherwise);
}
