import { runtimeSocketEscapes } from '../../access/pod/escape.ts';
import { explainEscapes, findEscapes } from '../evidence/escape.ts';
import { changesOfEscapes, closingOfEscapes, fixOfEscapes } from '../evidence/escape-closing.ts';
import { defineTechnique } from './technique.ts';

export const runtimeSocket = defineTechnique({
  id: 'runtime-socket',
  title: 'Talks to the container runtime',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node'],
  action: 'Asks the container runtime of the node for a privileged container.',
  precondition:
    'A running container mounts the socket of a container runtime or a directory above it; a read-only mount does not stop a connection.',
  remediation: "Build images and read metrics without the runtime's socket.",
  coverage: { level: 'full' },
  attck: ['T1610'],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/'],
  find(facts, emit) {
    findEscapes(facts, runtimeSocketEscapes, emit);
  },
  changes(facts, { from }) {
    return changesOfEscapes(facts, from, runtimeSocketEscapes);
  },
  closing(facts, { from }) {
    return closingOfEscapes(facts, from, runtimeSocketEscapes);
  },
  fix(facts, { from }, change) {
    return fixOfEscapes(facts, from, change);
  },
  explain(facts, { from }) {
    return explainEscapes(facts, from, runtimeSocketEscapes, 'take the hostPath volume with the socket out');
  },
});
