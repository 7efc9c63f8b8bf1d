import { containerPointer } from '../../pod/security-context.ts';
import { type PodSecurityControl, perContainer } from '../control.ts';

/** Source: policy/check_hostPorts.go. */
export const hostPorts: PodSecurityControl = {
  id: 'hostPorts',
  title: 'Host ports',
  level: 'baseline',
  revisions: [
    {
      since: 0,
      check: (pod) =>
        perContainer(pod, (container) =>
          container.ports.flatMap(({ hostPort }, index) =>
            hostPort === undefined || hostPort === 0
              ? []
              : [
                  {
                    pointer: `${containerPointer(container)}/ports/${index}/hostPort`,
                    says: `container ${container.name} uses host port ${hostPort}`,
                  },
                ],
          ),
        ),
    },
  ],
};
