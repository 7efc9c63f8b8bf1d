import type { Container, Pod, PodSpec, SecurityContext, Volume, Workload } from '../kubernetes.ts';
import { withoutUndefined } from '../normalise/security-context.ts';
import { type Manifest, mapText, metadataManifest, put } from './manifest-parts.ts';
import { objectOf } from './merge-patch.ts';

function securityContextManifest(context: SecurityContext | undefined): unknown {
  if (context === undefined) return undefined;
  const { capabilitiesAdd, capabilitiesDrop, hostProcess, sysctls, ...rest } = context;
  return withoutUndefined({
    ...rest,
    capabilities: withoutUndefined({
      add: capabilitiesAdd.length === 0 ? undefined : capabilitiesAdd,
      drop: capabilitiesDrop.length === 0 ? undefined : capabilitiesDrop,
    }),
    windowsOptions: hostProcess === undefined ? undefined : { hostProcess },
    sysctls: sysctls?.map((name) => ({ name })),
  });
}

function containerManifest(container: Container): Manifest {
  const { name, image, restartPolicy, volumeMounts, envNames, awsRoleArn, ports } = container;
  const manifest: Manifest = withoutUndefined({
    name,
    image,
    restartPolicy,
    securityContext: securityContextManifest(container.securityContext),
    volumeMounts: volumeMounts.map(({ volume, ...mount }) => ({ name: volume, ...mount })),
    env: envNames.map((variable): Manifest => ({ name: variable })),
    ports,
  });
  const env = manifest.env as Manifest[];
  const variable = env.findLast((one) => one.name === 'AWS_ROLE_ARN');
  if (awsRoleArn !== undefined && variable !== undefined) variable.value = awsRoleArn;
  for (const { secret, key, pointer } of container.secretReferences)
    put(manifest, pointer, { name: secret, ...(key === undefined ? {} : { key }) });
  for (const { host, pointer } of container.probeHosts ?? []) put(manifest, pointer, host);
  return manifest;
}

function projectedManifest({ tokens, projectedSecrets }: Volume): unknown {
  const projected: Manifest = { sources: [] };
  for (const { source, ...token } of tokens) put(projected, `/sources/${source}/serviceAccountToken`, token);
  for (const { source, name } of projectedSecrets) put(projected, `/sources/${source}/secret`, { name });
  return projected;
}

function volumeManifest(volume: Volume): Manifest {
  const { name, source, hostPath, secretName, persistentVolumeClaim } = volume;
  const isProjected = volume.tokens.length > 0 || volume.projectedSecrets.length > 0;
  // The field that came first says what kind of volume it is; a name that only a stranger could have written may be `__proto__`.
  return objectOf([
    ['name', name],
    ...(source === undefined ? [] : [[source, {}] as const]),
    ...(hostPath === undefined ? [] : [['hostPath', { path: hostPath }] as const]),
    ...(secretName === undefined ? [] : [['secret', { secretName }] as const]),
    ...(persistentVolumeClaim === undefined ? [] : [['persistentVolumeClaim', { claimName: persistentVolumeClaim }] as const]),
    ...(isProjected ? [['projected', projectedManifest(volume)] as const] : []),
  ]);
}

/**
 * `.spec` of a pod or of a template: what is kept of it, so that normalising it gives the same record. The API server writes the account under its old
 * name too, which counts where the other is taken out. Source: kubernetes pkg/apis/core/v1/conversion.go, `Convert_v1_PodSpec_To_core_PodSpec`
 */
function podSpecManifest(spec: PodSpec, isAdmitted: boolean): Manifest {
  const listed = (list: Container['list']): unknown => {
    const containers = spec.containers.filter((container) => container.list === list);
    return containers.length === 0 ? undefined : containers.map(containerManifest);
  };
  const { nodeAffinity, os } = spec;
  return withoutUndefined({
    serviceAccountName: spec.serviceAccountName,
    serviceAccount: isAdmitted ? spec.serviceAccountName : undefined,
    automountServiceAccountToken: spec.automountServiceAccountToken,
    hostNetwork: spec.hostNetwork,
    hostPID: spec.hostPID,
    hostUsers: spec.hostUsers,
    hostIPC: spec.hostIPC,
    shareProcessNamespace: spec.shareProcessNamespace,
    securityContext: securityContextManifest(spec.securityContext),
    initContainers: listed('initContainers'),
    containers: listed('containers'),
    ephemeralContainers: listed('ephemeralContainers'),
    volumes: spec.volumes.map(volumeManifest),
    imagePullSecrets: spec.imagePullSecrets.map((name) => ({ name })),
    nodeSelector: mapText(spec.nodeSelector),
    affinity:
      nodeAffinity === undefined
        ? undefined
        : {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: nodeAffinity.map((matchExpressions) => ({ matchExpressions })),
              },
            },
          },
    tolerations: spec.tolerations,
    runtimeClassName: spec.runtimeClassName,
    os: os === undefined ? undefined : { name: os },
  });
}

export function podManifest(pod: Pod): Manifest {
  const { nodeName, phase, podIP } = pod;
  return {
    metadata: metadataManifest(pod),
    spec: withoutUndefined({ ...podSpecManifest(pod.spec, pod.uid !== undefined), nodeName }),
    status: withoutUndefined({ phase, podIP }),
  };
}

export function workloadManifest(workload: Workload): Manifest {
  const { kind, replicas, template, spec } = workload;
  const made = {
    metadata: withoutUndefined({ labels: mapText(template.labels), annotations: mapText(template.annotations) }),
    spec: podSpecManifest(spec, workload.uid !== undefined),
  };
  const below = kind === 'CronJob' ? { jobTemplate: { spec: { template: made } } } : { template: made };
  return { metadata: metadataManifest(workload), spec: withoutUndefined({ replicas, ...below }) };
}
