import type { EnginePolicy } from '../../inventory/admission.ts';

/**
 * Kinds by which other engines allow or refuse connections, beside NetworkPolicy or over it. Sources: docs.cilium.io/en/stable/network/kubernetes/policy,
 * docs.tigera.io/calico/latest/reference/resources, network-policy-api.sigs.k8s.io. Those that the inventory keeps: lib/inventory/normalise/engine-kinds.ts.
 */
const NETWORK_KINDS = new Map<string, ReadonlySet<string>>([
  ['cilium.io', new Set(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'])],
  ['crd.projectcalico.org', new Set(['NetworkPolicy', 'GlobalNetworkPolicy'])],
  ['projectcalico.org', new Set(['NetworkPolicy', 'GlobalNetworkPolicy'])],
  ['policy.networking.k8s.io', new Set(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'])],
]);

/** Whether a policy is of a kind that decides about connections; which ones it decides about is not evaluated. */
export const isNetworkPolicyOfEngine = ({ apiGroup, kind }: EnginePolicy): boolean => NETWORK_KINDS.get(apiGroup)?.has(kind) === true;
