import type { Secret } from '../kubernetes.ts';
import { type FieldReader, isObject, type RawObject } from './field-reader.ts';
import { annotationsOf, metadataOf, type Normalising, placeOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** The two annotations that say whose token a Secret holds. Any other may quote the Secret whole. */
function decides(annotation: string): boolean {
  return annotation === 'kubernetes.io/service-account.name' || annotation === 'kubernetes.io/service-account.uid';
}

/**
 * A Secret, or its metadata alone. Only key names are kept. Where values are not there, the names stand in managedFields:
 * `f:data` → `f:KEY` (https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management).
 */
export function secretOf(object: RawObject, normalising: Normalising): Secret {
  const { fields } = normalising;
  const metadata = metadataOf(object, normalising);
  const isWhole = object.kind !== 'PartialObjectMetadata';
  const keys = new Set([...keyNames(object, 'data', fields), ...keyNames(object, 'stringData', fields), ...managedKeys(metadata.raw)]);
  return withoutUndefined({
    ...placeOf(metadata),
    type: fields.string(object, 'type', '') ?? (isWhole ? 'Opaque' : undefined),
    labels: metadata.labels,
    annotations: annotationsOf(metadata, decides, normalising),
    keys: isWhole || keys.size > 0 ? [...keys].sort() : undefined,
  });
}

function keyNames(object: RawObject, key: string, fields: FieldReader): readonly string[] {
  const data = fields.object(object, key, '');
  return data === undefined ? [] : Object.keys(data);
}

/** managedFields are a hint and no promise: what is not of the known shape says nothing. */
function managedKeys(metadata: RawObject): string[] {
  const keys: string[] = [];
  if (!Array.isArray(metadata.managedFields)) return keys;
  for (const entry of metadata.managedFields) {
    const managed: unknown = isObject(entry) ? entry.fieldsV1 : undefined;
    if (!isObject(managed)) continue;
    for (const field of [managed['f:data'], managed['f:stringData']]) {
      if (isObject(field)) for (const key of Object.keys(field)) if (key.startsWith('f:')) keys.push(key.slice(2));
    }
  }
  return keys;
}

/** Whether metadata without a kind is a Secret's: of the built-in kinds only Secrets have both `data` and `type`. */
export function looksLikeSecretMetadata(object: RawObject): boolean {
  const metadata = object.metadata;
  if (!isObject(metadata) || !Array.isArray(metadata.managedFields)) return false;
  const names = new Set<string>();
  for (const entry of metadata.managedFields) {
    const managed: unknown = isObject(entry) ? entry.fieldsV1 : undefined;
    if (isObject(managed)) for (const key of Object.keys(managed)) names.add(key);
  }
  return names.has('f:data') && names.has('f:type');
}
