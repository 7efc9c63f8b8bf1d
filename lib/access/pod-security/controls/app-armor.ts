import type { SecurityContext } from '../../../inventory/kubernetes.ts';
import { containerPointer } from '../../pod/security-context.ts';
import { type Breach, type PodSecurityControl, type PodUnderCheck, perContainer } from '../control.ts';

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const TYPES = new Set(['RuntimeDefault', 'Localhost']);

const isAllowedAnnotation = (value: string): boolean => value === '' || value === 'runtime/default' || value.startsWith('localhost/');

function ofField(context: SecurityContext | undefined, at: string, who: string): readonly Breach[] {
  const type = context?.appArmorProfile?.type;
  if (type === undefined || TYPES.has(type)) return [];
  return [{ pointer: `${at}/securityContext/appArmorProfile/type`, says: `${who} sets the AppArmor profile ${type}` }];
}

const fieldBreaches = (pod: PodUnderCheck): readonly Breach[] => [
  ...ofField(pod.spec.securityContext, '/spec', 'the pod'),
  ...perContainer(pod, (container) => ofField(container.securityContext, containerPointer(container), `container ${container.name}`)),
];

const annotationBreaches = ({ annotations }: PodUnderCheck): readonly Breach[] =>
  [...annotations]
    .filter(([key, value]) => key.startsWith(ANNOTATION) && !isAllowedAnnotation(value))
    .map(([key, value]) => ({
      pointer: `/metadata/annotations/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      says: `annotation ${key} is ${value}`,
    }));

/** Fields and annotations alike; the server looks at the fields since 1.30, whatever version the policy is pinned to. Source: policy/check_appArmorProfile.go. */
export const appArmor: PodSecurityControl = {
  id: 'appArmorProfile',
  title: 'AppArmor profiles',
  level: 'baseline',
  revisions: [{ since: 0, check: (pod) => [...(pod.serverMinor >= 30 ? fieldBreaches(pod) : []), ...annotationBreaches(pod)] }],
};
