import type { Pod } from '../../inventory/kubernetes.ts';
import { podEvidence } from '../evidence/objects.ts';
import { defineTechnique } from './technique.ts';

export const hosts = defineTechnique({
  id: 'hosts',
  title: 'Hosts pod',
  class: 'structure',
  walked: true,
  from: ['node'],
  to: ['pod'],
  action: "As root of the node, enters the pod's containers and reads their files and memory.",
  precondition: 'The pod is scheduled on the node and has not ended.',
  remediation: 'Keep pods with strong identities on nodes of their own (taints and node selectors).',
  coverage: { level: 'full' },
  attck: ['T1609'],
  references: ['https://kubernetes.io/docs/concepts/architecture/nodes/'],
  find({ pods }, emit) {
    for (const [node, places] of pods.byNode)
      for (const place of places) if (pods.live[place] === 1) emit(node, pods.node[place] as number);
  },
  explain({ pods, nodes }, { from, to }) {
    const pod = pods.pods[pods.placeOf.get(to) as number] as Pod;
    return {
      evidence: [podEvidence(pod, '/spec/nodeName', `runs on node ${nodes.names[from]}, whose root controls it`)],
      fix: { says: 'move the pod to nodes that weaker workloads cannot be scheduled on' },
    };
  },
});
