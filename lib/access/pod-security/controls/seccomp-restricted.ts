import { containerPointer } from '../../pod/security-context.ts';
import { type Check, isWindows, type PodSecurityControl, perContainer } from '../control.ts';
import { badProfile } from './seccomp-baseline.ts';

/** A good profile on the pod holds for containers that say nothing. */
const required: Check = (pod) => {
  const bad = badProfile(pod.spec.securityContext, '/spec', 'the pod');
  const podHasOne = bad.length === 0 && pod.spec.securityContext?.seccompProfile !== undefined;
  return [
    ...bad,
    ...perContainer(pod, (container) => {
      const at = containerPointer(container);
      if (container.securityContext?.seccompProfile !== undefined)
        return badProfile(container.securityContext, at, `container ${container.name}`);
      return podHasOne ? [] : [{ pointer: at, says: `container ${container.name} sets no seccomp profile` }];
    }),
  ];
};

/** Pods for Windows are let off from 1.25 on: the field is not theirs. Source: policy/check_seccompProfile_restricted.go. */
export const seccompRestricted: PodSecurityControl = {
  id: 'seccompProfile_restricted',
  title: 'Seccomp profiles',
  level: 'restricted',
  revisions: [
    { since: 19, check: required },
    { since: 25, check: (pod) => (isWindows(pod) ? [] : required(pod)) },
  ],
  overrides: 'seccompProfile_baseline',
};
