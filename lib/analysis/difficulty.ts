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
  // Two requests, and objects that stay behind.
  ['role-bind', 1.5],
  ['role-escalate', 1.5],
  // One mount or one call of the runtime; other escapes need a way to be built.
  ['escape-privileged', 1.5],
  ['runtime-socket', 1.5],
  ['escape-host-path', 2],
  // A request to the metadata service from where one is.
  ['aws-instance-metadata', 0.5],
  ['azure-instance-metadata', 0.5],
  ['gcp-instance-metadata', 0.5],
  // Somebody else has to pull the image, or a machine has to start.
  ['ecr-push', 4],
  ['azure-image-push', 4],
  ['aws-escalation', 3],
  ['azure-escalation', 3],
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
