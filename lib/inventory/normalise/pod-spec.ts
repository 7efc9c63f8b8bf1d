import type { PodSpec } from '../kubernetes.ts';
import { containersOf } from './containers.ts';
import type { RawObject } from './field-reader.ts';
import type { Normalising } from './metadata.ts';
import { nodeAffinityOf, tolerationsOf } from './scheduling.ts';
import { securityContextOf, withoutUndefined } from './security-context.ts';
import { volumesOf } from './volumes.ts';

/**
 * The spec of a pod or of a template, `at` its JSON pointer. Defaults are those of the API server: service account
 * `default` (plugin/pkg/admission/serviceaccount), `serviceAccount` as the old name of `serviceAccountName`.
 * Equal specs come back as one object.
 */
export function podSpecOf(raw: RawObject, at: string, { fields, pool }: Normalising): PodSpec {
  const { volumes, generatedName } = volumesOf(raw, at, fields);
  const os = fields.object(raw, 'os', at);
  const account = fields.string(raw, 'serviceAccountName', at) || fields.string(raw, 'serviceAccount', at) || 'default';
  const spec: PodSpec = withoutUndefined({
    serviceAccountName: account,
    automountServiceAccountToken: fields.boolean(raw, 'automountServiceAccountToken', at),
    hostNetwork: fields.boolean(raw, 'hostNetwork', at) ?? false,
    hostPID: fields.boolean(raw, 'hostPID', at) ?? false,
    hostUsers: fields.boolean(raw, 'hostUsers', at),
    hostIPC: fields.boolean(raw, 'hostIPC', at) ?? false,
    shareProcessNamespace: fields.boolean(raw, 'shareProcessNamespace', at) ?? false,
    securityContext: securityContextOf(raw, at, fields),
    containers: containersOf(raw, { at, generatedName, fields }),
    volumes,
    imagePullSecrets: fields.names(raw, 'imagePullSecrets', at),
    nodeSelector: pool.map(raw, 'nodeSelector', { fields, at }),
    nodeAffinity: nodeAffinityOf(raw, at, fields),
    tolerations: tolerationsOf(raw, at, fields),
    runtimeClassName: fields.string(raw, 'runtimeClassName', at) || undefined,
    os: os === undefined ? undefined : fields.string(os, 'name', `${at}/os`),
  });
  return fields.malformation === undefined ? pool.spec(spec) : spec;
}
