import { corePatternEscapes } from '../../access/pod/host-path-escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const corePattern = defineTechnique({
  id: 'core-pattern',
  title: 'Has the kernel start a program',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: 'Writes a program into /proc/sys/kernel/core_pattern and crashes a process: the kernel starts the program as root of the node.',
  precondition:
    'A running container of Linux that may run as root mounts a hostPath, writable, at or above /proc/sys/kernel/core_pattern or /proc/sys/kernel/modprobe; a read-only mount of what lies above /proc leaves /proc writable, unless it is recursive.',
  remediation: "Mount no part of the node's /proc, and set `recursiveReadOnly` on mounts above it.",
  coverage: { level: 'partial', misses: 'a user that only the image sets is taken for root' },
  attck: ['T1611'],
  references: [
    'https://man7.org/linux/man-pages/man5/core.5.html',
    'https://kubernetes.io/docs/concepts/storage/volumes/#read-only-mounts',
  ],
  ...escapeTechnique(() => corePatternEscapes, 'hostPath'),
});
