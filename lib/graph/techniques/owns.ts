import type { Pod } from '../../inventory/kubernetes.ts';
import { podEvidence } from '../evidence/objects.ts';
import { defineTechnique } from './technique.ts';

export const owns = defineTechnique({
  id: 'owns',
  title: 'Owns pod',
  class: 'structure',
  walked: true,
  from: ['workload'],
  to: ['pod'],
  action: 'Stands for all of its pods: they are copies of one template.',
  precondition:
    'The controlling owner reference of the pod names the workload, directly or through its ReplicaSet or Job, and the pod has not ended.',
  remediation: 'Nothing to close: this only groups pods.',
  coverage: { level: 'full' },
  attck: [],
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/'],
  find({ pods, workloadOf }, emit) {
    for (let place = 0; place < pods.pods.length; place += 1) {
      const workload = workloadOf[place] as number;
      if (workload >= 0 && pods.live[place] === 1) emit(workload, pods.node[place] as number);
    }
  },
  explain({ pods, nodes }, { from, to }) {
    const pod = pods.pods[pods.placeOf.get(to) as number] as Pod;
    return {
      evidence: [
        podEvidence(
          pod,
          '/metadata/ownerReferences',
          `belongs to ${pod.owner?.kind ?? 'workload'} ${pod.owner?.name ?? nodes.names[from]}`,
        ),
      ],
      fix: { says: 'nothing to close: the workload and its pods are the same code' },
    };
  },
});
