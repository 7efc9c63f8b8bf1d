import { containerPointer } from '../../pod/security-context.ts';
import { type Check, isWindows, type PodSecurityControl, perContainer } from '../control.ts';

const mustBeFalse: Check = (pod) =>
  perContainer(pod, (container) => {
    const allowed = container.securityContext?.allowPrivilegeEscalation;
    if (allowed === false) return [];
    const at = containerPointer(container);
    return [
      {
        pointer: allowed === undefined ? at : `${at}/securityContext/allowPrivilegeEscalation`,
        says: `container ${container.name} does not set allowPrivilegeEscalation to false`,
      },
    ];
  });

/** Pods for Windows are let off from 1.25 on. Source: policy/check_allowPrivilegeEscalation.go. */
export const privilegeEscalation: PodSecurityControl = {
  id: 'allowPrivilegeEscalation',
  title: 'Privilege escalation',
  level: 'restricted',
  revisions: [
    { since: 8, check: mustBeFalse },
    { since: 25, check: (pod) => (isWindows(pod) ? [] : mustBeFalse(pod)) },
  ],
};
