import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../storage.ts';
import type { RawObject } from './field-reader.ts';
import { metadataOf, type Normalising, partsOf, placeOf } from './metadata.ts';
import { withoutUndefined } from './security-context.ts';

/** A PersistentVolume: a path of a node, a driver, or neither that we look at; and whose claim it is. */
export function persistentVolumeOf(object: RawObject, normalising: Normalising): PersistentVolume {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  const hostPath = fields.object(spec, 'hostPath', '/spec');
  const local = fields.object(spec, 'local', '/spec');
  const csi = fields.object(spec, 'csi', '/spec');
  const claim = fields.object(spec, 'claimRef', '/spec');
  return withoutUndefined({
    name: metadata.name,
    uid: metadata.uid,
    hostPath: hostPath === undefined ? undefined : fields.name(hostPath, 'path', '/spec/hostPath'),
    localPath: local === undefined ? undefined : fields.name(local, 'path', '/spec/local'),
    csiDriver: csi === undefined ? undefined : fields.name(csi, 'driver', '/spec/csi'),
    storageClass: fields.string(spec, 'storageClassName', '/spec') || undefined,
    claim:
      claim === undefined
        ? undefined
        : { namespace: fields.name(claim, 'namespace', '/spec/claimRef'), name: fields.name(claim, 'name', '/spec/claimRef') },
  });
}

/** A PersistentVolumeClaim and the volume that it has or asks for. */
export function persistentVolumeClaimOf(object: RawObject, normalising: Normalising): PersistentVolumeClaim {
  const { fields } = normalising;
  const { metadata, spec } = partsOf(object, normalising);
  return withoutUndefined({
    ...placeOf(metadata),
    volumeName: fields.string(spec, 'volumeName', '/spec') || undefined,
    storageClass: fields.string(spec, 'storageClassName', '/spec') || undefined,
  });
}

/** A StorageClass: who makes volumes of it. Its parameters may name Secrets and are not kept. */
export function storageClassOf(object: RawObject, normalising: Normalising): StorageClass {
  const metadata = metadataOf(object, normalising);
  return withoutUndefined({ name: metadata.name, uid: metadata.uid, provisioner: normalising.fields.name(object, 'provisioner', '') });
}
