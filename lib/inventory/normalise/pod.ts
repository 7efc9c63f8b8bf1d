import type { OwnerReference, Pod, PodSpec } from '../kubernetes.ts';
import type { RawObject } from './field-reader.ts';
import { annotationsOf, controllerOf, metadataOf, type Normalising, namespaceOf } from './metadata.ts';
import { decidesForPod } from './pod-annotations.ts';
import { podSpecOf } from './pod-spec.ts';
import { areCopies, type Sibling, type Siblings } from './siblings.ts';

const NOTHING: RawObject = {};

/** A Pod as the API prints it, live or a manifest. Written for speed: pods are most of what there is. */
export function podOf(object: RawObject, normalising: Normalising & { readonly siblings: Siblings }): Pod {
  const { fields, pool, siblings } = normalising;
  const owner = controllerOf(fields.object(object, 'metadata', '') ?? NOTHING, normalising);
  const sibling = owner?.uid === undefined ? undefined : siblings.of(owner.uid);
  const metadata = metadataOf(object, normalising, sibling?.pod.labels);
  const rawSpec = fields.object(object, 'spec', '') ?? fields.fail('', 'spec', 'an object') ?? NOTHING;
  const status = fields.object(object, 'status', '') ?? NOTHING;
  const pod: { -readonly [Key in keyof Pod]: Pod[Key] } = {
    namespace: namespaceOf(metadata),
    name: metadata.name,
    labels: metadata.labels,
    annotations: annotationsOf(metadata, decidesForPod, normalising),
    spec: specOf(rawSpec, sibling, normalising),
  };
  const created = fields.string(metadata.raw, 'creationTimestamp', '/metadata');
  const nodeName = fields.string(rawSpec, 'nodeName', '/spec');
  const phase = fields.string(status, 'phase', '/status');
  const podIP = fields.string(status, 'podIP', '/status');
  if (metadata.uid !== undefined) pod.uid = metadata.uid;
  if (created !== undefined) pod.creationTimestamp = created;
  if (owner !== undefined) pod.owner = sharedOwner(owner, sibling?.pod.owner);
  if (nodeName) pod.nodeName = pool.string(nodeName);
  if (phase) pod.phase = pool.string(phase);
  if (podIP) pod.podIP = podIP;
  if (owner?.uid !== undefined && fields.malformation === undefined) siblings.set(owner.uid, { raw: rawSpec, pod });
  return pod;
}

function specOf(raw: RawObject, sibling: Sibling | undefined, normalising: Normalising): PodSpec {
  return sibling !== undefined && areCopies(raw, sibling.raw) ? sibling.pod.spec : podSpecOf(raw, '/spec', normalising);
}

function sharedOwner(owner: OwnerReference, siblings: OwnerReference | undefined): OwnerReference {
  const isSame = siblings?.name === owner.name && siblings.kind === owner.kind && siblings.apiVersion === owner.apiVersion;
  return isSame && siblings.uid === owner.uid ? siblings : owner;
}
