import { hostProcessEscapes } from '../../access/pod/escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const escapeHostProcess = defineTechnique({
  id: 'escape-host-process',
  title: 'Escapes from a Windows HostProcess container',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: 'Runs as a process of the Windows node, with its files, services and accounts.',
  precondition:
    '`windowsOptions.hostProcess` of a running container, or of the pod where the container does not say otherwise, on a node that is not known to run Linux.',
  remediation: 'Run it as an ordinary Windows container; give what it manages to a service of the node.',
  coverage: { level: 'partial', misses: 'runAsUserName, which may name an account of the node with fewer rights than SYSTEM' },
  attck: ['T1611'],
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/'],
  ...escapeTechnique(() => hostProcessEscapes, 'hostProcess'),
});
