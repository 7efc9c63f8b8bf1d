import { kernelModuleEscapes } from '../../access/pod/capability-escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const kernelModule = defineTechnique({
  id: 'kernel-module',
  title: 'Loads a kernel module',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: 'Loads a module of its own into the kernel of the node, and so runs code as the kernel.',
  precondition:
    'A running container of Linux that is not privileged has SYS_MODULE and a process that may use it; certain unless the node loads signed modules only.',
  remediation: 'Load modules on the node at boot, and drop the capability.',
  coverage: {
    level: 'partial',
    misses:
      'kernels that load signed modules only because of Secure Boot or a setting of their own; a user that only the image sets is taken for root',
  },
  attck: ['T1611'],
  references: ['https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  ...escapeTechnique(() => kernelModuleEscapes, 'capabilities'),
});
