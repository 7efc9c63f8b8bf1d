import type { Pod } from '../../inventory/kubernetes.ts';
import { podEvidence } from '../evidence/objects.ts';
import { defineTechnique } from './technique.ts';

export const scheduledOn = defineTechnique({
  id: 'scheduled-on',
  title: 'Is scheduled on',
  class: 'structure',
  walked: false,
  from: ['pod'],
  to: ['node'],
  action: 'The pod runs on this node; leaving the container takes an escape.',
  precondition: '`spec.nodeName` names the node.',
  remediation: 'Keep workloads of different trust on different nodes.',
  coverage: { level: 'full' },
  attck: [],
  references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/'],
  find({ pods }, emit) {
    for (let place = 0; place < pods.pods.length; place += 1) {
      const node = pods.scheduledOn[place] as number;
      if (node >= 0) emit(pods.node[place] as number, node);
    }
  },
  explain({ pods, nodes }, { from, to }) {
    const pod = pods.pods[pods.placeOf.get(from) as number] as Pod;
    return {
      evidence: [podEvidence(pod, '/spec/nodeName', `runs on node ${nodes.names[to]}`)],
      fix: { says: 'schedule it elsewhere with a node selector, an affinity or taints' },
    };
  },
});
