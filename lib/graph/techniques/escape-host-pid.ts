import { hostPidEscapes } from '../../access/pod/escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const escapeHostPid = defineTechnique({
  id: 'escape-host-pid',
  title: "Escapes into the node's processes",
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: 'Enters or injects into a process of the node that runs as root.',
  precondition:
    '`hostPID` of a pod of Linux and a running container that is privileged, or has SYS_PTRACE and may use it (surely with SYS_ADMIN and AppArmor off or a cluster before 1.31).',
  remediation: 'Turn `hostPID` off.',
  coverage: {
    level: 'partial',
    misses: 'reading environments and files of other processes by hostPID alone; a user that only the image sets is taken for root',
  },
  attck: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  ...escapeTechnique(({ minorVersion }) => hostPidEscapes(minorVersion), 'hostPID'),
});
