import type { JsonObject } from './json.ts';

/** A directory or file of the node; the type is what add-ons usually ask for. */
export function hostPath(name: string, path: string, type = ''): JsonObject {
  return { name, hostPath: { path, type } };
}

export function emptyDir(name: string): JsonObject {
  return { name, emptyDir: {} };
}

export function secretVolume(name: string, secretName: string): JsonObject {
  return { name, secret: { defaultMode: 420, secretName } };
}

export function configMapVolume(name: string, configMapName: string): JsonObject {
  return { name, configMap: { defaultMode: 420, name: configMapName } };
}

/** A projected token for somebody else than the API server. */
export function tokenVolume(name: string, audience: string, path: string): JsonObject {
  return { name, projected: { defaultMode: 420, sources: [{ serviceAccountToken: { audience, expirationSeconds: 86_400, path } }] } };
}

/** What the ServiceAccount admission controller adds to a pod; see plugin/pkg/admission/serviceaccount/admission.go. */
export function apiTokenVolume(name: string): JsonObject {
  return {
    name,
    projected: {
      defaultMode: 420,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
        { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
      ],
    },
  };
}
