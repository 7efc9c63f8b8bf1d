import { hostIpcExposures } from '../../access/pod/escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const hostIpc = defineTechnique({
  id: 'host-ipc',
  title: "Shares the node's memory segments",
  class: 'escape',
  walked: false,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: "Reads and writes shared memory of the node's processes, where one keeps something there.",
  precondition: '`hostIPC` of a pod of Linux; no control of the node by itself.',
  remediation: 'Turn `hostIPC` off.',
  coverage: { level: 'partial', misses: 'which processes of the node share memory' },
  attck: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  ...escapeTechnique(() => hostIpcExposures, 'hostIPC'),
});
