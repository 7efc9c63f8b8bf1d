import { containerPointer } from '../../pod/security-context.ts';
import { type Check, isWindows, type PodSecurityControl, perContainer } from '../control.ts';

/** Names are compared as they are written: neither `all` nor `CAP_ALL` drops what has to be dropped. */
const dropsAll: Check = (pod) =>
  perContainer(pod, (container) => {
    const { capabilitiesAdd = [], capabilitiesDrop = [] } = container.securityContext ?? {};
    const at = containerPointer(container);
    const added = capabilitiesAdd.filter((name) => name !== 'NET_BIND_SERVICE');
    return [
      ...(capabilitiesDrop.includes('ALL') ? [] : [{ pointer: at, says: `container ${container.name} does not drop ALL capabilities` }]),
      ...(added.length === 0
        ? []
        : [{ pointer: `${at}/securityContext/capabilities/add`, says: `container ${container.name} adds ${added.join(', ')}` }]),
    ];
  });

/** Pods for Windows are let off from 1.25 on. Source: policy/check_capabilities_restricted.go. */
export const capabilitiesRestricted: PodSecurityControl = {
  id: 'capabilities_restricted',
  title: 'Capabilities',
  level: 'restricted',
  revisions: [
    { since: 22, check: dropsAll },
    { since: 25, check: (pod) => (isWindows(pod) ? [] : dropsAll(pod)) },
  ],
  overrides: 'capabilities_baseline',
};
