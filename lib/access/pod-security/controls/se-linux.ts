import type { SecurityContext } from '../../../inventory/kubernetes.ts';
import { containerPointer } from '../../pod/security-context.ts';
import { type Breach, type Check, type PodSecurityControl, perContainer } from '../control.ts';

const TYPES_1_0: ReadonlySet<string> = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t']);
const TYPES_1_31: ReadonlySet<string> = new Set([...TYPES_1_0, 'container_engine_t']);

function breachesOf(context: SecurityContext | undefined, at: string, allowed: ReadonlySet<string>): readonly Breach[] {
  const { type = '', user = '', role = '' } = context?.seLinuxOptions ?? {};
  const here = `${at}/securityContext/seLinuxOptions`;
  const who = at === '/spec' ? 'the pod' : 'a container';
  return [
    ...(allowed.has(type) ? [] : [{ pointer: `${here}/type`, says: `${who} sets the SELinux type ${type}` }]),
    ...(user === '' ? [] : [{ pointer: `${here}/user`, says: `${who} sets the SELinux user ${user}` }]),
    ...(role === '' ? [] : [{ pointer: `${here}/role`, says: `${who} sets the SELinux role ${role}` }]),
  ];
}

const check =
  (allowed: ReadonlySet<string>): Check =>
  (pod) => [
    ...breachesOf(pod.spec.securityContext, '/spec', allowed),
    ...perContainer(pod, (container) => breachesOf(container.securityContext, containerPointer(container), allowed)),
  ];

/** Source: policy/check_seLinuxOptions.go. */
export const seLinux: PodSecurityControl = {
  id: 'seLinuxOptions',
  title: 'SELinux options',
  level: 'baseline',
  revisions: [
    { since: 0, check: check(TYPES_1_0) },
    { since: 31, check: check(TYPES_1_31) },
  ],
};
