import { capabilities, capabilityTables } from '../testing/capability-tables.ts';
import { context, MAYBE } from '../testing/escapes.ts';

capabilityTables({
  technique: 'weak-capability',
  capability: 'SYS_RAWIO',
  edges: MAYBE,
  others: ['SYS_ADMIN', 'SYS_MODULE', 'DAC_READ_SEARCH', 'NET_ADMIN', 'NET_RAW'],
  finds: [
    ['NET_ADMIN on the network of the node', context({ capabilities: { add: ['NET_ADMIN'] } }, { spec: { hostNetwork: true } }), MAYBE],
    ['eBPF', capabilities(['BPF', 'PERFMON']), MAYBE],
    ['SYS_PTRACE in the pod', capabilities(['SYS_PTRACE']), MAYBE],
  ],
  silent: [
    [
      'SYS_PTRACE with hostPID, which is another technique',
      context({ capabilities: { add: ['SYS_PTRACE'] } }, { spec: { hostPID: true } }),
    ],
  ],
});
