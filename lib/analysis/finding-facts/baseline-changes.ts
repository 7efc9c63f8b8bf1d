import { containerPointer } from '../../access/pod/security-context.ts';
import { isBaselineCapability } from '../../access/pod-security/controls/capabilities-baseline.ts';
import type { PodSecurityViolation } from '../../access/pod-security/evaluate.ts';
import type { PodSpec } from '../../inventory/kubernetes.ts';
import type { Operation } from './patches.ts';

/** What is allowed of the capabilities that the container at a pointer adds. */
function allowedCapabilities(spec: PodSpec, pointer: string): readonly string[] {
  const container = spec.containers.find((one) => pointer.startsWith(`${containerPointer(one)}/`));
  return (container?.securityContext?.capabilitiesAdd ?? []).filter(isBaselineCapability);
}

/** How to end a violation where it is: switches are turned off, everything else is taken out. */
function changeAt(spec: PodSpec, path: string): Operation {
  if (/\/(?:hostNetwork|hostPID|hostIPC|privileged|hostProcess)$/.test(path)) return { op: 'replace', path, value: false };
  if (path.endsWith('/capabilities/add')) return { op: 'replace', path, value: allowedCapabilities(spec, path) };
  // A volume without a source, a profile without a type and a sysctl without a name are refused, so all of it goes.
  return { op: 'remove', path: path.replace(/^(\/spec\/volumes\/\d+)\/.*$|(Profile)\/type$|(\/sysctls\/\d+)\/name$/, '$1$2$3') };
}

/** Changes of a pod's spec that end what Pod Security baseline forbids there. */
export const baselineChanges = (spec: PodSpec, violations: readonly PodSecurityViolation[]): readonly Operation[] =>
  violations.flatMap(({ pointers }) => pointers.map((pointer) => changeAt(spec, pointer)));
