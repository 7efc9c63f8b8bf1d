import { podEvidence } from '../evidence/objects.ts';
import { defineTechnique } from './technique.ts';

const GONE =
  'the service account existing, which is not among those that were read: the API server refuses its tokens, and lets no new pod run as it';

export const runsAs = defineTechnique({
  id: 'runs-as',
  title: 'Runs as service account',
  class: 'structure',
  walked: false,
  from: ['pod'],
  to: ['service-account'],
  action: 'The pod runs under this service account; whether it holds a usable token is said by `holds-token`.',
  precondition: '`spec.serviceAccountName` names the service account (`default` where it is empty).',
  remediation: 'Give the workload a service account of its own with only the rights that it needs.',
  coverage: { level: 'full' },
  attck: ['T1078'],
  references: ['https://kubernetes.io/docs/concepts/security/service-accounts/'],
  find({ pods, isAbsentAccount }, emit) {
    for (let place = 0; place < pods.pods.length; place += 1) {
      const account = pods.serviceAccount[place] as number;
      emit(pods.node[place] as number, account, 0, isAbsentAccount(account) ? 'conditional' : 'certain');
    }
  },
  explain({ pods, nodes }, { from, certainty }) {
    const pod = pods.pods[pods.placeOf.get(from) as number];
    if (pod === undefined) throw new Error(`runs-as: node ${nodes.ids[from]} is no pod`);
    return {
      evidence: [podEvidence(pod, '/spec/serviceAccountName', `runs as service account ${pod.namespace}/${pod.spec.serviceAccountName}`)],
      ...(certainty === 'conditional' ? { hangsOn: GONE } : {}),
      fix: { says: "set another `serviceAccountName` in the workload's template" },
    };
  },
});
