import { hostPidEscapes } from '../../access/pod/escape.ts';
import type { PodSpec } from '../../inventory/kubernetes.ts';
import { explainEscapes, findEscapes } from '../evidence/escape.ts';
import { changesOfEscapes, closingOfEscapes, fixOfEscapes } from '../evidence/escape-closing.ts';
import type { Facts } from '../facts/facts.ts';
import { defineTechnique } from './technique.ts';

const decide =
  ({ minorVersion }: Facts) =>
  (spec: PodSpec) =>
    hostPidEscapes(spec, minorVersion);

export const escapeHostPid = defineTechnique({
  id: 'escape-host-pid',
  title: "Escapes into the node's processes",
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node'],
  action: 'Enters or injects into a process of the node that runs as root.',
  precondition:
    '`hostPID` and a running container that is privileged, or has SYS_PTRACE (surely with SYS_ADMIN and AppArmor off or a cluster before 1.31).',
  remediation: 'Turn `hostPID` off.',
  coverage: { level: 'partial', misses: 'reading environments and files of other processes by hostPID alone' },
  attck: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  find(facts, emit) {
    findEscapes(facts, decide(facts), emit);
  },
  changes(facts, { from }) {
    return changesOfEscapes(facts, from, decide(facts));
  },
  closing(facts, { from }) {
    return closingOfEscapes(facts, from, decide(facts));
  },
  fix(facts, { from }, change) {
    return fixOfEscapes(facts, from, change);
  },
  explain(facts, { from }) {
    return explainEscapes(facts, from, decide(facts), 'set `hostPID: false`');
  },
});
