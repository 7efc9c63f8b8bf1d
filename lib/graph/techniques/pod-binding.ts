import { provenAndAsked } from '../evidence/proven.ts';
import { eachComposed, type Need } from '../facts/composed.ts';
import { everything } from '../facts/everything.ts';
import { podAdmission } from '../facts/pod-admission.ts';
import { type AuthorEdge, emitEdges, mayHaveNodes, reachBy } from '../facts/pod-author.ts';
import { stepsOf } from '../facts/steps.ts';
import { CREATE_WORKLOAD, makingRequests } from '../facts/workload-rights.ts';
import { defineTechnique } from './technique.ts';

/** Whoever makes the pod gives it its name, so that a right on named pods is enough; `bindings` carries the pod's name in its body alone. */
const NEEDS: readonly Need[] = [
  { rights: CREATE_WORKLOAD },
  {
    rights: [
      { verbs: ['create'], apiGroup: '', resource: 'pods', subresource: 'binding' },
      { verbs: ['create'], apiGroup: '', resource: 'bindings' },
    ],
    names: 'chosen',
  },
];

export const podBinding = defineTechnique({
  id: 'pod-binding',
  title: 'Binds its pods to nodes',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-nodes'],
  action:
    'Makes a privileged pod that no scheduler takes, and binds it to the node that it wants: past taints, cordon and policies that forbid `nodeName`.',
  precondition:
    '`create` on `pods/binding` or `bindings` and on pods or a controller, in the same namespace, and Pod Security as it is labelled lets a privileged pod in.',
  remediation: 'Leave `pods/binding` to schedulers.',
  coverage: {
    level: 'partial',
    misses:
      "binding the waiting pods of others to a node that the attacker has already; for pods of one's own it adds little, as `nodeName` in the pod chooses the node without this right",
  },
  attck: ['T1610'],
  references: [
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/binding-v1/',
    'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename',
  ],
  find(facts, emit) {
    if (!mayHaveNodes(facts)) return;
    const edges: AuthorEdge[] = [];
    eachComposed(facts, NEEDS, ({ node }, { scope, parts }) => {
      const through = makingRequests(parts[0]?.by ?? []);
      // The pod and its binding lie in one namespace.
      const [beside] = stepsOf(facts, parts.slice(1));
      const admission = podAdmission(facts, scope, { needed: 'privileged', through, beside });
      if (admission === undefined) return;
      const { target: to, ...reached } = reachBy(everything(facts, 'all-nodes', ''), admission);
      edges.push({ from: node, to, parts, ...reached });
    });
    emitEdges(facts, edges, emit);
  },
  ...provenAndAsked,
});
