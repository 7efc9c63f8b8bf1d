import type { TechniqueClass, TechniqueId } from '../graph/kinds.ts';
import type { Graph } from '../graph/model.ts';
import { certaintyAt, techniqueAt } from '../graph/read.ts';
import { techniques } from '../graph/techniques/index.ts';

/**
 * How much work one hop is, by class of technique. The unit is one request with a credential that is at hand; our own estimate, for ordering ways and
 * for nothing else. What only says how things hang together costs next to nothing, yet something, so that detours never win.
 */
const OF_CLASS: Readonly<Record<TechniqueClass, number>> = { structure: 0.1, token: 0.5, rbac: 1, escape: 3, cloud: 1.5, exposure: 2 };

/** Techniques that are easier or harder than the others of their class, with the reason. */
const OF_TECHNIQUE: ReadonlyMap<TechniqueId, number> = new Map<TechniqueId, number>([
  // Whoever is one of these already has what it stands for.
  ['cluster-admin', 0.1],
  ['namespace-admin', 0.1],
  ['aws-administrator', 0.1],
  ['gcp-administrator', 0.1],
  ['azure-administrator', 0.1],
  // A new pod or a changed one has to be admitted, scheduled and started, and is seen.
  ['pod-create', 2],
  ['workload-patch', 2],
  ['pod-patch', 3],
  ['ephemeral-container', 1.5],
  ['pod-binding', 2.5],
  ['namespace-admin-pods', 2],
  ['scc-use', 2],
  // A pod, and objects before it that stay behind.
  ['namespace-relabel', 2.5],
  ['persistent-volume-create', 3],
  ['storage-class-create', 3.5],
  // Two requests, and objects that stay behind.
  ['role-bind', 1.5],
  ['role-escalate', 1.5],
  ['secret-token-create', 1.5],
  ['dangling-subject-claim', 1.5],
  // Somebody has to approve and sign it, or the token has to be taken, and objects stay behind.
  ['certificate-approve', 2],
  ['node-certificate', 2],
  ['bootstrap-token-create', 2],
  // An identity of AWS has to be at hand.
  ['aws-auth-patch', 2],
  // One mount or one call of the runtime; other escapes need a way to be built.
  ['escape-privileged', 1.5],
  ['runtime-socket', 1.5],
  ['escape-host-path', 2],
  ['static-pod', 1.5],
  ['escape-host-process', 1.5],
  ['core-pattern', 2],
  ['kernel-module', 2],
  // Files to be read; a credential among them is a step further.
  ['host-path-read', 2],
  ['kubelet-volumes', 1],
  // A whole cluster has to be steered, for as long as it takes, and everybody sees it.
  ['steal-pods', 5],
  // A request to the metadata service from where one is.
  ['aws-instance-metadata', 0.5],
  ['azure-instance-metadata', 0.5],
  ['gcp-instance-metadata', 0.5],
  // A server of one's own that the control plane reaches, and somebody else's write.
  ['webhook-control', 3],
  ['api-service-control', 4],
  ['crd-conversion', 4],
  ['mutating-policy-control', 2.5],
  // Taking a guard away, and then a new pod; both are seen.
  ['policy-weaken', 3],
  // A controller has to act, and often a pod has to start.
  ['controller-deputy', 2],
  ['pod-identity-exception', 2.5],
  // Something has to be sent, and answered in another's place.
  ['service-external-ip', 2],
  ['endpoint-repoint', 1.5],
  ['dns-takeover', 2],
  ['trust-config-map', 3],
  // Somebody else has to pull the image, or a machine has to start.
  ['ecr-push', 4],
  ['azure-image-push', 4],
  ['aws-escalation', 3],
  ['azure-escalation', 3],
  // Packets that are sent on anyway; the work is in exploiting what listens at the end.
  ['load-balancer', 0.1],
  ['node-port', 0.1],
  ['external-ip', 0.1],
  ['ingress-exposed', 0.1],
  ['ingress-route', 0.1],
  ['gateway-exposed', 0.1],
  ['gateway-attach', 0.1],
  ['route-backend', 0.1],
  ['service-endpoint', 3],
  ['host-port', 3],
]);

/** What hangs on something unknown may not work at all. */
const CONDITIONAL = 2;

/** How hard the edge is: the difficulty of its technique, more where it is not certain. Always above 0. */
export function difficultyOf(graph: Graph, edge: number): number {
  const technique = techniqueAt(graph, edge);
  const difficulty = OF_TECHNIQUE.get(technique) ?? OF_CLASS[techniques[technique].class];
  const certainty = certaintyAt(graph, edge);
  return certainty === 'certain' || certainty === 'wired' ? difficulty : difficulty * CONDITIONAL;
}
