/** Storage, reduced to what can bring a path of a node into a pod. Source: core/v1 PersistentVolume, storage.k8s.io/v1 StorageClass. */

export interface PersistentVolume {
  readonly name: string;
  readonly uid?: string;
  readonly hostPath?: string;
  /** Path of a `local` volume. */
  readonly localPath?: string;
  readonly csiDriver?: string;
  readonly storageClass?: string;
  readonly claim?: { readonly namespace: string; readonly name: string };
}

export interface PersistentVolumeClaim {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly volumeName?: string;
  readonly storageClass?: string;
}

export interface StorageClass {
  readonly name: string;
  readonly uid?: string;
  readonly provisioner: string;
}
