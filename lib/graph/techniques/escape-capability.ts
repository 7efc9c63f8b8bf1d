import { adminEscapes } from '../../access/pod/capability-escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const escapeCapability = defineTechnique({
  id: 'escape-capability',
  title: 'Escapes by SYS_ADMIN',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: "Mounts the node's cgroups or file systems and has the kernel start a program on the node (release_agent).",
  precondition:
    'A running container of Linux that is not privileged has SYS_ADMIN and a process that may use it; AppArmor, a seccomp profile of its own, cgroup v2 or SELinux may stop it.',
  remediation: 'Drop all capabilities and add back only harmless ones.',
  coverage: {
    level: 'partial',
    misses:
      'the cgroup version of the node and whether it has AppArmor, which no object says; a user that only the image sets is taken for root',
  },
  attck: ['T1611'],
  references: ['https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  ...escapeTechnique(() => adminEscapes, 'capabilities'),
});
