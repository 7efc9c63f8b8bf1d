import type { Namespace, Node, ServiceAccount } from '../kubernetes.ts';
import type { FieldReader, RawObject } from './field-reader.ts';
import { annotationsOf, metadataOf, type Normalising, partsOf, placeOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

const SERVICE_ACCOUNT_ANNOTATIONS = [
  'eks.amazonaws.com/',
  'iam.gke.io/',
  'azure.workload.identity/',
  'kubernetes.io/',
  'iam.amazonaws.com/',
];

/** Annotations of a service account that give it an identity elsewhere or limit its Secrets. */
function decides(annotation: string): boolean {
  return SERVICE_ACCOUNT_ANNOTATIONS.some((prefix) => annotation.startsWith(prefix));
}

export function serviceAccountOf(object: RawObject, normalising: Normalising): ServiceAccount {
  const { fields } = normalising;
  const metadata = metadataOf(object, normalising);
  return withoutUndefined({
    ...placeOf(metadata),
    labels: metadata.labels,
    annotations: annotationsOf(metadata, decides, normalising),
    creationTimestamp: fields.string(metadata.raw, 'creationTimestamp', '/metadata'),
    automountServiceAccountToken: fields.boolean(object, 'automountServiceAccountToken', ''),
    secrets: fields.names(object, 'secrets', ''),
    imagePullSecrets: fields.names(object, 'imagePullSecrets', ''),
  });
}

export function namespaceRecordOf(object: RawObject, normalising: Normalising): Namespace {
  const metadata = metadataOf(object, normalising);
  return withoutUndefined({ name: metadata.name, uid: metadata.uid, labels: metadata.labels });
}

export function nodeOf(object: RawObject, normalising: Normalising): Node {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  const status = fields.object(object, 'status', '') ?? {};
  const info = fields.object(status, 'nodeInfo', '/status') ?? {};
  const infoText = (key: string): string | undefined => fields.string(info, key, '/status/nodeInfo') || undefined;
  return withoutUndefined({
    name: metadata.name,
    uid: metadata.uid,
    labels: metadata.labels,
    taints: fields.objects(spec, 'taints', '/spec').map((taint, index) =>
      withoutUndefined({
        key: fields.name(taint, 'key', `/spec/taints/${index}`),
        value: fields.string(taint, 'value', `/spec/taints/${index}`),
        effect: fields.name(taint, 'effect', `/spec/taints/${index}`),
      }),
    ),
    providerID: fields.string(spec, 'providerID', '/spec'),
    unschedulable: fields.boolean(spec, 'unschedulable', '/spec'),
    kubeletVersion: infoText('kubeletVersion'),
    kernelVersion: infoText('kernelVersion'),
    osImage: infoText('osImage'),
    operatingSystem: infoText('operatingSystem'),
    containerRuntimeVersion: infoText('containerRuntimeVersion'),
    addresses: addressesOf(status, fields),
  });
}

function addressesOf(status: RawObject, fields: FieldReader): Node['addresses'] {
  const list = fields.objects(status, 'addresses', '/status');
  if (list.length === 0) return undefined;
  return list.map((address, index) => ({
    type: fields.name(address, 'type', `/status/addresses/${index}`),
    address: fields.name(address, 'address', `/status/addresses/${index}`),
  }));
}
