import { staticPodEscapes } from '../../access/pod/host-path-escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const staticPod = defineTechnique({
  id: 'static-pod',
  title: 'Drops a static pod',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: 'Writes the manifest of a privileged pod where the kubelet runs it without asking the API server.',
  precondition:
    'A running container of Linux mounts a hostPath, writable, at, above or below /etc/kubernetes/manifests or the place of another distribution.',
  remediation: 'Mount an emptyDir or a narrow read-only path instead.',
  coverage: {
    level: 'partial',
    misses:
      'kubelets whose `staticPodPath` is another folder or a URL, and hostPath in PersistentVolumes; a user that only the image sets is taken for root',
  },
  attck: ['T1611', 'T1610'],
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/static-pod/'],
  ...escapeTechnique(() => staticPodEscapes, 'hostPath'),
});
