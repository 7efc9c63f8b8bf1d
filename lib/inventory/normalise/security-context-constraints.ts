import type { SecurityContextConstraints } from '../admission.ts';
import type { RawObject } from './field-reader.ts';
import { metadataOf, type Normalising } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/**
 * OpenShift's SecurityContextConstraints, whose fields stand at the top of the object.
 * Source: https://github.com/openshift/api/blob/master/security/v1/types.go.
 */
export function securityContextConstraintsOf(object: RawObject, normalising: Normalising): SecurityContextConstraints {
  const { fields } = normalising;
  const metadata = metadataOf(object, normalising);
  const flag = (key: string): boolean => fields.boolean(object, key, '') ?? false;
  const runAsUser = fields.object(object, 'runAsUser', '');
  return withoutUndefined({
    name: metadata.name,
    uid: metadata.uid,
    allowPrivilegedContainer: flag('allowPrivilegedContainer'),
    allowHostDirVolumePlugin: flag('allowHostDirVolumePlugin'),
    allowHostPID: flag('allowHostPID'),
    allowHostIPC: flag('allowHostIPC'),
    allowHostNetwork: flag('allowHostNetwork'),
    allowedCapabilities: fields.strings(object, 'allowedCapabilities', ''),
    runAsUser: runAsUser === undefined ? undefined : fields.string(runAsUser, 'type', '/runAsUser') || undefined,
    users: fields.strings(object, 'users', ''),
    groups: fields.strings(object, 'groups', ''),
  });
}
