import { weakCapabilities } from '../../access/pod/capability-escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const weakCapability = defineTechnique({
  id: 'weak-capability',
  title: 'Weakens the node by a capability',
  class: 'escape',
  walked: false,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: "Uses raw ports, eBPF, the node's network settings or its clock against the node; none of them is root of it by itself.",
  precondition:
    'A running container of Linux that is not privileged has SYS_RAWIO, BPF, PERFMON, SYSLOG, MAC_ADMIN, SYS_BOOT, SYS_TIME, SYS_PTRACE in its own process namespace, or NET_ADMIN on the network of the node, and may use it.',
  remediation: 'Drop all capabilities and add back only harmless ones.',
  coverage: { level: 'partial', misses: 'what the kernel of the node allows each of them (lockdown, kernel.unprivileged_bpf_disabled)' },
  attck: ['T1611'],
  references: ['https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  ...escapeTechnique(() => weakCapabilities, 'capabilities'),
});
