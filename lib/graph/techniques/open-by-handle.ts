import { openByHandleEscapes } from '../../access/pod/capability-escape.ts';
import { escapeTechnique } from '../evidence/escape.ts';
import { defineTechnique } from './technique.ts';

export const openByHandle = defineTechnique({
  id: 'open-by-handle',
  title: 'Opens files of the node by handle',
  class: 'escape',
  walked: true,
  from: ['pod'],
  to: ['node', 'all-nodes'],
  action: "Opens files of the node by their handles (open_by_handle_at) and reads the kubelet's credentials.",
  precondition: 'A running container of Linux that is not privileged has DAC_READ_SEARCH and a process that may use it.',
  remediation: 'Drop the capability; back up files through a volume that holds only them.',
  coverage: { level: 'partial', misses: 'on which device the files of the node lie; a user that only the image sets is taken for root' },
  attck: ['T1611'],
  references: [
    'https://man7.org/linux/man-pages/man7/capabilities.7.html',
    'https://man7.org/linux/man-pages/man2/open_by_handle_at.2.html',
  ],
  ...escapeTechnique(() => openByHandleEscapes, 'capabilities'),
});
