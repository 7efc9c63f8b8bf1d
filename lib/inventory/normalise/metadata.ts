import type { OwnerReference, StringMap } from '../kubernetes.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import type { Pool } from './pool.ts';

/** What normalising one object needs. */
export interface Normalising {
  readonly fields: FieldReader;
  readonly pool: Pool;
  /** Stands for the random end that the API server gives to a `generateName`: the same for the same object of the same file. */
  readonly nameEnd?: string;
}

/** The part of `.metadata` that every kind shares. */
export interface Metadata {
  readonly raw: RawObject;
  readonly name: string;
  /** Empty where the object names none. */
  readonly namespace: string;
  readonly uid: string | undefined;
  readonly labels: StringMap;
}

const AT = '/metadata';
const NOTHING: RawObject = {};

/** Reads name, namespace, uid and labels. Of annotations each kind keeps its own few, see `annotationsOf`. `likely`: see `Pool.map`. */
export function metadataOf(object: RawObject, { fields, pool, nameEnd }: Normalising, likely?: StringMap): Metadata {
  const raw = fields.object(object, 'metadata', '') ?? NOTHING;
  return {
    raw,
    name: nameEnd === undefined ? fields.name(raw, 'name', AT) : `${fields.name(raw, 'generateName', AT)}${nameEnd}`,
    namespace: pool.string(fields.string(raw, 'namespace', AT) ?? ''),
    uid: fields.string(raw, 'uid', AT),
    labels: pool.map(raw, 'labels', { fields, at: AT, likely }),
  };
}

/** `.metadata` and `.spec`; where there is no spec it says nothing. */
export function partsOf(object: RawObject, normalising: Normalising): { readonly metadata: Metadata; readonly spec: RawObject } {
  const metadata = metadataOf(object, normalising);
  return { metadata, spec: normalising.fields.object(object, 'spec', '') ?? NOTHING };
}

/** A manifest without a namespace goes where kubectl would put it. */
export function namespaceOf(metadata: Metadata): string {
  return metadata.namespace === '' ? 'default' : metadata.namespace;
}

/** What the record of every namespaced object has of its metadata. */
export function placeOf(metadata: Metadata): { readonly namespace: string; readonly name: string; readonly uid: string | undefined } {
  return { namespace: namespaceOf(metadata), name: metadata.name, uid: metadata.uid };
}

/** Annotations that `keep` chooses, and no other: `last-applied-configuration` and its like hold whole objects, Secret values included. */
export function annotationsOf(metadata: Metadata, keep: (key: string) => boolean, { fields, pool }: Normalising): StringMap {
  return pool.map(metadata.raw, 'annotations', { fields, at: AT, keep });
}

/** The owner with `controller: true`; there is at most one. */
export function controllerOf(raw: RawObject, { fields }: Normalising): OwnerReference | undefined {
  const owners = fields.objects(raw, 'ownerReferences', AT);
  const index = owners.findIndex((owner) => owner.controller === true);
  const owner = owners[index];
  if (owner === undefined) return undefined;
  const at = `${AT}/ownerReferences/${index}`;
  const uid = fields.string(owner, 'uid', at);
  return {
    apiVersion: fields.string(owner, 'apiVersion', at) ?? '',
    kind: fields.name(owner, 'kind', at),
    name: fields.name(owner, 'name', at),
    ...(uid === undefined ? {} : { uid }),
  };
}

/** `resourceVersion` as a number, to tell the newer of two readings of one object; -1 for manifests. */
export function resourceVersionOf(object: RawObject): number {
  const metadata = object.metadata as RawObject | undefined;
  const version = metadata?.resourceVersion;
  if (typeof version !== 'string' || version.length > 20) return -1;
  const number = Number(version);
  return version !== '' && Number.isSafeInteger(number) ? number : -1;
}
