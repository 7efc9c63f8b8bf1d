/** Whether objects of a kind live in a namespace. */
export type EngineKinds = ReadonlyMap<string, { readonly namespaced: boolean }>;

const CLUSTER = { namespaced: false };
const NAMESPACED = { namespaced: true };

/**
 * Policies of engines that are named and not evaluated, by API group; `undefined` for a group whose kinds are made at run time (Gatekeeper
 * makes one for every ConstraintTemplate). Sources: https://kyverno.io/docs/crds/, https://open-policy-agent.github.io/gatekeeper/website/docs/howto/,
 * https://docs.kubewarden.io/reference/CRDs, https://docs.cilium.io/en/stable/network/kubernetes/policy/,
 * https://docs.tigera.io/calico/latest/reference/resources/, https://network-policy-api.sigs.k8s.io/.
 */
export const ENGINE_KINDS: ReadonlyMap<string, EngineKinds | undefined> = new Map([
  [
    'kyverno.io',
    new Map([
      ['ClusterPolicy', CLUSTER],
      ['Policy', NAMESPACED],
      ['PolicyException', NAMESPACED],
    ]),
  ],
  [
    'policies.kyverno.io',
    new Map([
      ['ValidatingPolicy', CLUSTER],
      ['MutatingPolicy', CLUSTER],
      ['ImageValidatingPolicy', CLUSTER],
      ['GeneratingPolicy', CLUSTER],
      ['NamespacedValidatingPolicy', NAMESPACED],
      ['NamespacedMutatingPolicy', NAMESPACED],
      ['NamespacedImageValidatingPolicy', NAMESPACED],
      ['NamespacedGeneratingPolicy', NAMESPACED],
      ['PolicyException', NAMESPACED],
    ]),
  ],
  ['constraints.gatekeeper.sh', undefined],
  [
    'mutations.gatekeeper.sh',
    new Map([
      ['Assign', CLUSTER],
      ['AssignImage', CLUSTER],
      ['AssignMetadata', CLUSTER],
      ['ModifySet', CLUSTER],
    ]),
  ],
  [
    'policies.kubewarden.io',
    new Map([
      ['ClusterAdmissionPolicy', CLUSTER],
      ['ClusterAdmissionPolicyGroup', CLUSTER],
      ['AdmissionPolicy', NAMESPACED],
      ['AdmissionPolicyGroup', NAMESPACED],
    ]),
  ],
  [
    'cilium.io',
    new Map([
      ['CiliumClusterwideNetworkPolicy', CLUSTER],
      ['CiliumNetworkPolicy', NAMESPACED],
    ]),
  ],
  [
    'crd.projectcalico.org',
    new Map([
      ['GlobalNetworkPolicy', CLUSTER],
      ['NetworkPolicy', NAMESPACED],
    ]),
  ],
  [
    'projectcalico.org',
    new Map([
      ['GlobalNetworkPolicy', CLUSTER],
      ['NetworkPolicy', NAMESPACED],
    ]),
  ],
  [
    'policy.networking.k8s.io',
    new Map([
      ['AdminNetworkPolicy', CLUSTER],
      ['BaselineAdminNetworkPolicy', CLUSTER],
      ['ClusterNetworkPolicy', CLUSTER],
    ]),
  ],
]);
