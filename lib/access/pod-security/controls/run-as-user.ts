import { containerPointer } from '../../pod/security-context.ts';
import { type Check, type PodSecurityControl, perContainer } from '../control.ts';

const FIELD = '/securityContext/runAsUser';

const notZero: Check = (pod) => [
  ...(pod.spec.securityContext?.runAsUser === 0 ? [{ pointer: `/spec${FIELD}`, says: 'the pod sets runAsUser to 0' }] : []),
  ...perContainer(pod, (container) =>
    container.securityContext?.runAsUser === 0
      ? [{ pointer: `${containerPointer(container)}${FIELD}`, says: `container ${container.name} sets runAsUser to 0` }]
      : [],
  ),
];

/** From 1.35 on a pod in a user namespace of its own is let off. Source: policy/check_runAsUser.go. */
export const runAsUser: PodSecurityControl = {
  id: 'runAsUser',
  title: 'Running as user 0',
  level: 'restricted',
  revisions: [
    { since: 23, check: notZero },
    { since: 35, check: (pod) => (pod.spec.hostUsers === false ? [] : notZero(pod)) },
  ],
};
