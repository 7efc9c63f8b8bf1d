import { containerPointer } from '../../pod/security-context.ts';
import { type Check, type PodSecurityControl, perContainer } from '../control.ts';

const onlyDefault: Check = (pod) =>
  perContainer(pod, (container) => {
    const { procMount } = container.securityContext ?? {};
    if (procMount === undefined || procMount === 'Default') return [];
    const pointer = `${containerPointer(container)}/securityContext/procMount`;
    return [{ pointer, says: `container ${container.name} sets procMount to ${procMount}` }];
  });

/** From 1.35 on any value is let pass in a user namespace of its own. Source: policy/check_procMount_baseline.go. */
export const procMount: PodSecurityControl = {
  id: 'procMount',
  title: '/proc mount type',
  level: 'baseline',
  revisions: [
    { since: 0, check: onlyDefault },
    { since: 35, check: (pod) => (pod.spec.hostUsers === false ? [] : onlyDefault(pod)) },
  ],
};

/** At `restricted` a user namespace changes nothing. Source: policy/check_procMount_restricted.go. */
export const procMountRestricted: PodSecurityControl = {
  id: 'procMount_restricted',
  title: '/proc mount type',
  level: 'restricted',
  revisions: [{ since: 35, check: onlyDefault }],
  overrides: 'procMount',
};
