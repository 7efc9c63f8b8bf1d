import { capabilityEscapes } from '../../access/pod/escape.ts';
import { explainEscapes, findEscapes } from '../evidence/escape.ts';
import { changesOfEscapes, closingOfEscapes, fixOfEscapes } from '../evidence/escape-closing.ts';
import { defineTechnique } from './technique.ts';

export const escapeCapability = defineTechnique({
  id: 'escape-capability',
  title: 'Escapes by a capability',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node'],
  action: "Uses the capability to load a module, mount the node's file systems or open its files.",
  precondition:
    'A running container that is not privileged has SYS_MODULE, or has SYS_ADMIN or DAC_READ_SEARCH and nothing on the node stops it.',
  remediation: 'Drop all capabilities and add back only harmless ones.',
  coverage: {
    level: 'partial',
    misses: 'SYS_RAWIO, NET_ADMIN and SYS_PTRACE alone, which weaken a node without opening it; seccomp profiles of the node',
  },
  attck: ['T1611'],
  references: ['https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  find(facts, emit) {
    findEscapes(facts, capabilityEscapes, emit);
  },
  changes(facts, { from }) {
    return changesOfEscapes(facts, from, capabilityEscapes);
  },
  closing(facts, { from }) {
    return closingOfEscapes(facts, from, capabilityEscapes);
  },
  fix(facts, { from }, change) {
    return fixOfEscapes(facts, from, change);
  },
  explain(facts, { from }) {
    return explainEscapes(facts, from, capabilityEscapes, 'take the capability out of `securityContext.capabilities.add`');
  },
});
