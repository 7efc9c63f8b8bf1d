import { containerPointer } from '../../pod/security-context.ts';
import { type PodSecurityControl, perContainer } from '../control.ts';

const FIELD = '/securityContext/windowsOptions/hostProcess';

/** Source: policy/check_windowsHostProcess.go. */
export const windowsHostProcess: PodSecurityControl = {
  id: 'windowsHostProcess',
  title: 'Windows HostProcess containers',
  level: 'baseline',
  revisions: [
    {
      since: 0,
      check: (pod) => [
        ...(pod.spec.securityContext?.hostProcess === true ? [{ pointer: `/spec${FIELD}`, says: 'the pod sets hostProcess' }] : []),
        ...perContainer(pod, (container) =>
          container.securityContext?.hostProcess === true
            ? [{ pointer: `${containerPointer(container)}${FIELD}`, says: `container ${container.name} sets hostProcess` }]
            : [],
        ),
      ],
    },
  ],
};
