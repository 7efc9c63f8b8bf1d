import type { LabelSelector } from './kubernetes.ts';

/** NetworkPolicy as its API names it. Source: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ */

export interface NetworkPolicyPort {
  readonly protocol?: string;
  /** Number or name, as written. */
  readonly port?: string;
  readonly endPort?: number;
}

/** One `from` or `to`: an IP block, or selectors (both: pods of the selected namespaces). */
export interface NetworkPolicyPeer {
  readonly ipBlock?: { readonly cidr: string; readonly except: readonly string[] };
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
}

export interface NetworkPolicyRule {
  readonly ports: readonly NetworkPolicyPort[];
  /** Empty: from or to everywhere. */
  readonly peers: readonly NetworkPolicyPeer[];
}

export interface NetworkPolicy {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly podSelector: LabelSelector;
  readonly policyTypes: readonly string[];
  readonly ingress: readonly NetworkPolicyRule[];
  readonly egress: readonly NetworkPolicyRule[];
}
