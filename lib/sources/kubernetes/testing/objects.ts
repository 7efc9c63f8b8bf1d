import type { KubernetesObject } from '../../../../e2e/api-server/objects.ts';

/** A pod, as small as the API would have it. */
export function pod(namespace: string, name: string): KubernetesObject {
  return object('v1', 'Pod', { namespace, name }, { spec: { containers: [{ name: 'app', image: 'app:1' }] } });
}

/** `count` pods of one namespace, in order of their names. */
export function pods(namespace: string, count: number): KubernetesObject[] {
  return Array.from({ length: count }, (_, index) => pod(namespace, `pod-${String(index).padStart(6, '0')}`));
}

export function namespace(name: string): KubernetesObject {
  return object('v1', 'Namespace', { name });
}

export function serviceAccount(inNamespace: string, name: string): KubernetesObject {
  return object('v1', 'ServiceAccount', { namespace: inNamespace, name });
}

/** Any object; `more` goes beside its metadata. */
export function object(apiVersion: string, kind: string, metadata: KubernetesObject['metadata'], more: object = {}): KubernetesObject {
  return { apiVersion, kind, metadata: { uid: `uid-${kind}-${metadata.namespace ?? ''}-${metadata.name}`, ...metadata }, ...more };
}
