import { hostPathEscapes } from '../../access/pod/escape.ts';
import { explainEscapes, findEscapes } from '../evidence/escape.ts';
import { changesOfEscapes, closingOfEscapes, fixOfEscapes } from '../evidence/escape-closing.ts';
import { defineTechnique } from './technique.ts';

export const escapeHostPath = defineTechnique({
  id: 'escape-host-path',
  title: 'Escapes by a path of the node',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node'],
  action: 'Writes what root of the node runs, or reads the credentials of the node and of its pods.',
  precondition:
    'A running container mounts a hostPath at, above or (for places that the node obeys) below one that the node runs or trusts, writable; or one with credentials, even read-only.',
  remediation: 'Mount an emptyDir, a ConfigMap or a narrow read-only path instead.',
  coverage: {
    level: 'partial',
    misses: 'hostPath in PersistentVolumes, /var/log with the right to read logs, and programs of the node that trust data elsewhere',
  },
  attck: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  find(facts, emit) {
    findEscapes(facts, hostPathEscapes, emit);
  },
  changes(facts, { from }) {
    return changesOfEscapes(facts, from, hostPathEscapes);
  },
  closing(facts, { from }) {
    return closingOfEscapes(facts, from, hostPathEscapes);
  },
  fix(facts, { from }, change) {
    return fixOfEscapes(facts, from, change);
  },
  explain(facts, { from }) {
    return explainEscapes(facts, from, hostPathEscapes, 'take the hostPath volume out');
  },
});
