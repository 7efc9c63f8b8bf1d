import { capabilities, capabilityTables } from '../testing/capability-tables.ts';
import { MAYBE } from '../testing/escapes.ts';

capabilityTables({
  technique: 'escape-capability',
  capability: 'SYS_ADMIN',
  edges: MAYBE,
  others: ['SYS_MODULE', 'DAC_READ_SEARCH', 'NET_ADMIN', 'SYS_PTRACE'],
  silent: [['ALL but this one', capabilities(['ALL'], ['SYS_ADMIN'])]],
});
