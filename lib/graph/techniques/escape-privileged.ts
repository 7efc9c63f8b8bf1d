import { privilegedEscapes } from '../../access/pod/escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const escapePrivileged = defineTechnique({
  id: 'escape-privileged',
  title: 'Escapes from a privileged container',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: "Mounts the node's disk or enters its namespaces from the privileged container, and is root of the node.",
  precondition:
    'A running container of Linux is privileged; certain where it may run as root, shares the users of the node and no runtime class may be a sandbox.',
  remediation: 'Run it without `privileged`; give single capabilities where it needs some.',
  coverage: { level: 'partial', misses: 'a user that only the image sets is taken for root' },
  attck: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  ...escapeTechnique(() => privilegedEscapes, 'privileged'),
});
