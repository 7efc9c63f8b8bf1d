import type { Container, PodSpec, Volume } from '../../inventory/kubernetes.ts';
import { containerPointer, runningContainers } from './security-context.ts';

/** A place where a pod names a secret. */
export interface SecretUse {
  readonly secret: string;
  /** JSON pointer below the pod. */
  readonly pointer: string;
  readonly says: string;
}

const inVolume = (volume: Volume): readonly SecretUse[] => [
  ...(volume.secretName === undefined
    ? []
    : [{ secret: volume.secretName, pointer: `/spec/volumes/${volume.index}/secret`, says: `mounts secret ${volume.secretName}` }]),
  ...volume.projectedSecrets.map(({ name, source }) => ({
    secret: name,
    pointer: `/spec/volumes/${volume.index}/projected/sources/${source}/secret`,
    says: `mounts secret ${name} in a projected volume`,
  })),
];

const inEnvironment = (container: Container): readonly SecretUse[] =>
  container.secretReferences.map(({ secret, key, pointer }) => ({
    secret,
    pointer: `${containerPointer(container)}${pointer}`,
    says: `has ${key === undefined ? 'every key' : `key ${key}`} of secret ${secret} in the environment of ${container.name}`,
  }));

/** Secrets that running containers can read: by a volume that one of them mounts, or in their environment. */
export function secretUses(spec: PodSpec): readonly SecretUse[] {
  const containers = runningContainers(spec);
  const mounted = new Set(containers.flatMap((container) => container.volumeMounts.map((mount) => mount.volume)));
  return [...spec.volumes.filter((volume) => mounted.has(volume.name)).flatMap(inVolume), ...containers.flatMap(inEnvironment)];
}

/**
 * Secrets that the spec names at all, for volumes, environments (of containers that have ended as well) and pulling images: what the
 * Node authorizer lets the kubelet read. Source: kubernetes/pkg/api/v1/pod/util.go (`VisitPodSecretNames`).
 */
export function referencedSecrets(spec: PodSpec): readonly SecretUse[] {
  return [
    ...spec.imagePullSecrets.map((secret, place) => ({
      secret,
      pointer: `/spec/imagePullSecrets/${place}`,
      says: `pulls images with secret ${secret}`,
    })),
    ...spec.volumes.flatMap(inVolume),
    ...spec.containers.flatMap(inEnvironment),
  ];
}

/** Secrets that the kubelet writes into volumes of the pod on its node, whether or not a container mounts them. */
export const volumeSecrets = (spec: PodSpec): readonly SecretUse[] => spec.volumes.flatMap(inVolume);
