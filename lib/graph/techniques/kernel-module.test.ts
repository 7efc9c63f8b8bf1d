import { capabilities, capabilityTables } from '../testing/capability-tables.ts';
import { NODE } from '../testing/escapes.ts';

capabilityTables({
  technique: 'kernel-module',
  capability: 'SYS_MODULE',
  edges: NODE,
  others: ['SYS_ADMIN', 'DAC_READ_SEARCH', 'NET_ADMIN', 'SYS_PTRACE'],
  silent: [['ALL but this one', capabilities(['ALL'], ['SYS_MODULE'])]],
});
