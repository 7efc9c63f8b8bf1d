import type { ManifestPatch, ObjectName } from '../findings/finding.ts';
import { type Yaml, yamlOf } from './yaml.ts';

/** An object as a manifest names it. */
export type Target = ObjectName & { readonly apiVersion: string };

/** An operation of RFC 6902. */
export interface Operation {
  readonly op: 'test' | 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: Yaml;
}

const RBAC = 'rbac.authorization.k8s.io/v1';

/** A role or a binding of RBAC. */
export const rbacTarget = ({ kind, namespace, name }: ObjectName): Target => ({
  apiVersion: RBAC,
  kind,
  ...(namespace === undefined ? {} : { namespace }),
  name,
});

/** An object of the core group. */
export const coreTarget = (kind: string, { namespace, name }: Pick<ObjectName, 'namespace' | 'name'>): Target => ({
  apiVersion: 'v1',
  kind,
  ...(namespace === undefined ? {} : { namespace }),
  name,
});

/** `Deployment shop/web` */
export const targetName = ({ kind, namespace, name }: ObjectName): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** `/a~b` as one part of a JSON pointer. */
export const pointerPart = (text: string): string => text.replaceAll('~', '~0').replaceAll('/', '~1');

/** A strategic merge patch, as `kubectl patch --type=strategic --patch-file` and kustomize take it. */
export const strategicPatch = (target: Target, body: { readonly [key: string]: Yaml }): ManifestPatch => ({
  target,
  type: 'strategic',
  says: `The same as a strategic patch of ${targetName(target)}`,
  text: yamlOf(body),
});

/** A JSON patch (RFC 6902), as `kubectl patch --type=json --patch-file` and kustomize take it. */
export const jsonPatchOf = (target: Target, operations: readonly Operation[]): ManifestPatch => ({
  target,
  type: 'json',
  says: `The same as a JSON patch of ${targetName(target)}`,
  text: yamlOf(operations as unknown as Yaml),
});

const head = ({ apiVersion, kind, namespace, name }: Target) => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
});

/** Takes an object out of what kustomize builds. Source: https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md (delete directive). */
export const deletionPatch = (target: Target): ManifestPatch => ({
  target,
  type: 'delete',
  says: `For a manifest repository, a patch of kustomize that takes ${targetName(target)} out`,
  text: yamlOf({ $patch: 'delete', ...head(target) }),
});

/** A new object, as `kubectl apply` takes it. */
export const newManifest = (target: Target, manifest: Yaml): ManifestPatch => ({
  target,
  type: 'manifest',
  says: `The manifest of ${targetName(target)}`,
  text: yamlOf(manifest),
});

/** What a cloud keeps of something, as it is after the fix. */
export const cloudDocument = (target: ObjectName, says: string, document: object): ManifestPatch => ({
  target,
  type: 'document',
  says,
  text: `${JSON.stringify(document, null, 2)}\n`,
});
