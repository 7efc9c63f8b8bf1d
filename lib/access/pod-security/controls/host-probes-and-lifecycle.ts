import { containerPointer } from '../../pod/security-context.ts';
import { type PodSecurityControl, perContainer } from '../control.ts';

/** New in 1.34: a probe or a hook to another host reaches what only the node may reach. Source: policy/check_hostProbesAndhostLifecycle.go. */
export const hostProbesAndLifecycle: PodSecurityControl = {
  id: 'hostProbesAndHostLifecycle',
  title: 'Hosts of probes and lifecycle hooks',
  level: 'baseline',
  revisions: [
    {
      since: 34,
      check: (pod) =>
        perContainer(pod, (container) =>
          (container.probeHosts ?? [])
            .filter(({ host }) => host !== '')
            .map(({ host, pointer }) => ({
              pointer: `${containerPointer(container)}${pointer}`,
              says: `container ${container.name} has a probe or hook to host ${host}`,
            })),
        ),
    },
  ],
};
