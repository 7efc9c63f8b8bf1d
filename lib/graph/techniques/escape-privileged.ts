import { privilegedEscapes } from '../../access/pod/escape.ts';
import { explainEscapes, findEscapes } from '../evidence/escape.ts';
import { changesOfEscapes, closingOfEscapes, fixOfEscapes } from '../evidence/escape-closing.ts';
import { defineTechnique } from './technique.ts';

export const escapePrivileged = defineTechnique({
  id: 'escape-privileged',
  title: 'Escapes from a privileged container',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node'],
  action: "Mounts the node's disk or enters its namespaces from the privileged container, and is root of the node.",
  precondition: 'A running container is privileged, or is a Windows HostProcess container.',
  remediation: 'Run it without `privileged`; give single capabilities where it needs some.',
  coverage: { level: 'full' },
  attck: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  find(facts, emit) {
    findEscapes(facts, privilegedEscapes, emit);
  },
  changes(facts, { from }) {
    return changesOfEscapes(facts, from, privilegedEscapes);
  },
  closing(facts, { from }) {
    return closingOfEscapes(facts, from, privilegedEscapes);
  },
  fix(facts, { from }, change) {
    return fixOfEscapes(facts, from, change);
  },
  explain(facts, { from }) {
    return explainEscapes(facts, from, privilegedEscapes, 'set `privileged: false`');
  },
});
