import { containerPointer } from '../../pod/security-context.ts';
import { type Check, type PodSecurityControl, perContainer } from '../control.ts';

const FIELD = '/securityContext/runAsNonRoot';

/** True on the pod holds for containers that say nothing; false is refused wherever it is written, even where every container says true. */
const mustBeTrue: Check = (pod) => {
  const ofPod = pod.spec.securityContext?.runAsNonRoot;
  return [
    ...(ofPod === false ? [{ pointer: `/spec${FIELD}`, says: 'the pod sets runAsNonRoot to false' }] : []),
    ...perContainer(pod, (container) => {
      const own = container.securityContext?.runAsNonRoot;
      const at = containerPointer(container);
      if (own === false) return [{ pointer: `${at}${FIELD}`, says: `container ${container.name} sets runAsNonRoot to false` }];
      return own === true || ofPod === true ? [] : [{ pointer: at, says: `container ${container.name} may run as root` }];
    }),
  ];
};

/** From 1.35 on a pod in a user namespace of its own is let off. Source: policy/check_runAsNonRoot.go. */
export const runAsNonRoot: PodSecurityControl = {
  id: 'runAsNonRoot',
  title: 'Running as non-root',
  level: 'restricted',
  revisions: [
    { since: 0, check: mustBeTrue },
    { since: 35, check: (pod) => (pod.spec.hostUsers === false ? [] : mustBeTrue(pod)) },
  ],
};
