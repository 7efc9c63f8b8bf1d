import { runtimeSocketEscapes } from '../../access/pod/host-path-escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const runtimeSocket = defineTechnique({
  id: 'runtime-socket',
  title: 'Talks to the container runtime',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: 'Asks the container runtime of the node for a privileged container.',
  precondition:
    'A running container of Linux mounts the socket of a container runtime or a directory above it; a read-only mount does not stop a connection. Certain unless the node names another runtime, or was not read.',
  remediation: "Build images and read metrics without the runtime's socket.",
  coverage: {
    level: 'partial',
    misses:
      'sockets of runtimes that a distribution keeps elsewhere, paths and pipes of Windows nodes, and hostPath in PersistentVolumes; a user that only the image sets is taken for root',
  },
  attck: ['T1610'],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/migrating-from-dockershim/'],
  ...escapeTechnique(() => runtimeSocketEscapes, 'hostPath'),
});
