import { containerPointer } from '../../pod/security-context.ts';
import { type PodSecurityControl, perContainer } from '../control.ts';

/** Source: policy/check_privileged.go. */
export const privileged: PodSecurityControl = {
  id: 'privileged',
  title: 'Privileged containers',
  level: 'baseline',
  revisions: [
    {
      since: 0,
      check: (pod) =>
        perContainer(pod, (container) =>
          container.securityContext?.privileged === true
            ? [{ pointer: `${containerPointer(container)}/securityContext/privileged`, says: `container ${container.name} is privileged` }]
            : [],
        ),
    },
  ],
};
