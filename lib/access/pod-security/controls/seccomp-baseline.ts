import type { SecurityContext } from '../../../inventory/kubernetes.ts';
import { containerPointer } from '../../pod/security-context.ts';
import { type Breach, type Check, type PodSecurityControl, perContainer } from '../control.ts';

const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';
const TYPES = new Set(['RuntimeDefault', 'Localhost']);

const isAllowedAnnotation = (value: string): boolean =>
  value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');

const annotationPointer = (key: string): string => `/metadata/annotations/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** The alpha annotations, of the pod and of the containers that it has. */
const annotations: Check = ({ spec, annotations: all }) =>
  [POD_ANNOTATION, ...spec.containers.map(({ name }) => `${CONTAINER_ANNOTATION}${name}`)].flatMap((key) => {
    const value = all.get(key);
    if (value === undefined || isAllowedAnnotation(value)) return [];
    return [{ pointer: annotationPointer(key), says: `annotation ${key} is ${value}` }];
  });

/** A profile that is written and is neither the runtime's nor one of the node's. */
export function badProfile(context: SecurityContext | undefined, at: string, who: string): readonly Breach[] {
  const type = context?.seccompProfile?.type;
  if (type === undefined || TYPES.has(type)) return [];
  return [{ pointer: `${at}/securityContext/seccompProfile/type`, says: `${who} sets the seccomp profile ${type}` }];
}

const fields: Check = (pod) => [
  ...badProfile(pod.spec.securityContext, '/spec', 'the pod'),
  ...perContainer(pod, (container) => badProfile(container.securityContext, containerPointer(container), `container ${container.name}`)),
];

/** Source: policy/check_seccompProfile_baseline.go. */
export const seccompBaseline: PodSecurityControl = {
  id: 'seccompProfile_baseline',
  title: 'Seccomp profiles',
  level: 'baseline',
  revisions: [
    { since: 0, check: annotations },
    { since: 19, check: fields },
  ],
};
