import { readEscapes } from '../../access/pod/host-path-escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const hostPathRead = defineTechnique({
  id: 'host-path-read',
  title: 'Reads credentials of the node',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: "Reads the kubelet's or the control plane's credentials, or keys of the node's users, from the node's disk.",
  precondition:
    'A running container of Linux mounts a hostPath, read-only or not, at or above credentials of the node; certain for those that every such node keeps, where the node was read.',
  remediation: 'Mount a narrow path without credentials.',
  coverage: {
    level: 'partial',
    misses:
      'credentials that programs of the node keep elsewhere, paths and pipes of Windows nodes, and hostPath in PersistentVolumes; a user that only the image sets is taken for root',
  },
  attck: ['T1611', 'T1552.001'],
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  ...escapeTechnique(() => readEscapes, 'hostPath'),
});
