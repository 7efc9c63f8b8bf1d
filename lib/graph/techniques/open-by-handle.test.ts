import { capabilities, capabilityTables } from '../testing/capability-tables.ts';
import { MAYBE } from '../testing/escapes.ts';

capabilityTables({
  technique: 'open-by-handle',
  capability: 'DAC_READ_SEARCH',
  edges: MAYBE,
  others: ['SYS_ADMIN', 'SYS_MODULE', 'DAC_OVERRIDE', 'SYS_PTRACE'],
  silent: [['ALL but this one', capabilities(['ALL'], ['DAC_READ_SEARCH'])]],
});
