import { containerPointer } from '../../pod/security-context.ts';
import { type PodSecurityControl, perContainer } from '../control.ts';

/** Names are compared as they are written: `CAP_CHOWN` is not in the list, and `NET_RAW` never was. */
const ALLOWED = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** Whether baseline lets a container add a capability. */
export const isBaselineCapability = (name: string): boolean => ALLOWED.has(name);

/** Source: policy/check_capabilities_baseline.go. */
export const capabilitiesBaseline: PodSecurityControl = {
  id: 'capabilities_baseline',
  title: 'Non-default capabilities',
  level: 'baseline',
  revisions: [
    {
      since: 0,
      check: (pod) =>
        perContainer(pod, (container) => {
          const added = (container.securityContext?.capabilitiesAdd ?? []).filter((name) => !ALLOWED.has(name));
          const pointer = `${containerPointer(container)}/securityContext/capabilities/add`;
          return added.length === 0 ? [] : [{ pointer, says: `container ${container.name} adds ${added.join(', ')}` }];
        }),
    },
  ],
};
