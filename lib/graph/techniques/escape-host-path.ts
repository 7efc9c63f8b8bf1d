import { writeEscapes } from '../../access/pod/host-path-escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const escapeHostPath = defineTechnique({
  id: 'escape-host-path',
  title: 'Escapes by writing on the node',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: 'Writes what root of the node runs or obeys: programs, units of systemd, network plugins, keys.',
  precondition:
    'A running container of Linux mounts a hostPath, writable, at, above or (for places that the node obeys) below one that the node runs or trusts.',
  remediation: 'Mount an emptyDir, a ConfigMap or a narrow read-only path instead.',
  coverage: {
    level: 'partial',
    misses:
      'paths and pipes of Windows nodes, hostPath in PersistentVolumes, programs of the node that trust data elsewhere, and read-only file systems of the node; a user that only the image sets is taken for root',
  },
  attck: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  ...escapeTechnique(() => writeEscapes, 'hostPath'),
});
