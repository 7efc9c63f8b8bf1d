import { proven } from '../evidence/proven.ts';
import { changedPods } from '../facts/changed-pods.ts';
import { nodesByDebugging } from '../facts/debug-nodes.ts';
import { type AuthorEdge, emitEdges } from '../facts/pod-author.ts';
import type { AnyOf } from '../facts/rights.ts';
import type { NodeKind } from '../kinds.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: '', resource: 'pods', subresource: 'ephemeralcontainers' }];

const PODS: ReadonlySet<NodeKind> = new Set(['pod', 'all-pods']);

export const ephemeralContainer = defineTechnique({
  id: 'ephemeral-container',
  title: 'Adds a debug container',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods', 'pod', 'all-nodes', 'node'],
  action:
    'Adds an ephemeral container to the running pod and reads its files, tokens and memory; a privileged one, where it is let, opens the node of the pod.',
  precondition:
    '`update` or `patch` on `pods/ephemeralcontainers` in the namespace, unnamed or naming the pod; for the node, Pod Security as the namespace is labelled lets the pod with a privileged container in it pass.',
  remediation: 'Keep this right for people who debug, for as long as they do, and enforce `baseline` where pods need no more.',
  coverage: {
    level: 'partial',
    misses: 'whether the runtime of a sandboxed pod (gVisor, Kata) keeps a privileged container from the node',
  },
  attck: ['T1609', 'T1611'],
  references: [
    'https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/',
    'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/pod-security-admission/admission/admission.go',
  ],
  find(facts, emit) {
    const pods = changedPods(facts, RIGHT);
    const nodes = pods.flatMap(({ from, to: target, parts }): AuthorEdge[] => {
      const isPod = facts.nodes.kinds[target] === 'pod';
      const reached = nodesByDebugging(facts, { scope: facts.nodes.namespaces[target] as string, ...(isPod ? { pod: target } : {}) });
      if (reached === undefined) return [];
      const { target: to, ...how } = reached;
      return [{ from, to, parts, ...how }];
    });
    emitEdges(facts, [...pods, ...nodes], emit);
  },
  ...proven,
  // Whether a privileged container is let in has been asked.
  asks: (facts, edge) => (PODS.has(facts.nodes.kinds[edge.to] as NodeKind) ? proven.asks(facts, edge) : undefined),
});
