import { kubeletVolumes as decide } from '../../access/pod/host-path-escape.ts';
import { eachEscape, explainEscapes } from '../evidence/escape.ts';
import { changesOfEscapes, closingOfEscapes, fixOfEscapes } from '../evidence/escape-closing.ts';
import { kubeletVolumesNode } from '../facts/kubelet-volumes-node.ts';
import { defineTechnique } from './technique.ts';

export const kubeletVolumes = defineTechnique({
  id: 'kubelet-volumes',
  title: "Reads the volumes of the node's pods",
  class: 'token',
  walked: true,
  from: ['pod'],
  to: ['kubelet-volumes'],
  action: 'Looks through the folder in which the kubelet keeps the volumes of all pods on the node: tokens, secrets and data.',
  precondition:
    'A running container of Linux mounts a hostPath, read-only or not, at or above /var/lib/kubelet/pods; below it, the volumes of one pod.',
  remediation: 'Mount a narrow path of the node that holds no volumes of others.',
  coverage: {
    level: 'partial',
    misses: 'kubelets with another `--root-dir`, and hostPath in PersistentVolumes; a user that only the image sets is taken for root',
  },
  attck: ['T1552', 'T1528'],
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  find(facts, emit) {
    eachEscape(facts, decide, (place, to, certainty) =>
      emit(facts.pods.node[place] as number, kubeletVolumesNode(facts, to), 0, certainty),
    );
  },
  changes(facts, { from }) {
    return changesOfEscapes(facts, from, decide);
  },
  closing(facts, { from }) {
    return closingOfEscapes(facts, from, decide);
  },
  fix(facts, { from }, change) {
    return fixOfEscapes(facts, { from, decide, change });
  },
  explain(facts, { from }) {
    return explainEscapes(facts, from, decide, 'hostPath');
  },
});
