import { hostNetworkExposures } from '../../access/pod/escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const hostNetwork = defineTechnique({
  id: 'host-network',
  title: "Is on the node's network",
  class: 'escape',
  walked: false,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action:
    "Talks to what listens on the node's loopback address, to the kubelet and to the metadata service, and reads packets with NET_RAW.",
  precondition:
    '`hostNetwork` of the pod; no control of the node by itself. What the metadata service gives is told by the techniques of the clouds.',
  remediation: 'Turn `hostNetwork` off.',
  coverage: {
    level: 'partial',
    misses: 'what listens on the loopback address of the node, and whether the kubelet serves its read-only port',
  },
  attck: ['T1046'],
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  ...escapeTechnique(() => hostNetworkExposures, 'hostNetwork'),
});
