/** What in a StorageClass tells a provisioner which directory of the node a volume is. */
export interface HostPathProvisioner {
  /** Where the StorageClass says it. */
  readonly by: string;
  /** What has to hold for any path to be taken; undefined: nothing is checked. */
  readonly unless?: string;
  readonly reference: string;
}

/** Provisioners that make volumes of directories of the node which the StorageClass chooses, by their name in `provisioner`. Data: extend it freely. */
export const HOST_PATH_PROVISIONERS: ReadonlyMap<string, HostPathProvisioner> = new Map([
  [
    'openebs.io/local',
    {
      by: 'BasePath in the annotation cas.openebs.io/config',
      reference:
        'https://openebs.io/docs/user-guides/local-storage-user-guide/local-pv-hostpath/configuration/hostpath-storageclass-parameters',
    },
  ],
  [
    'rancher.io/local-path',
    {
      by: 'the parameters pathPattern (with `..`) and allowUnsafePathPattern',
      unless: 'the version of local-path-provisioner knowing pathPattern',
      reference: 'https://github.com/rancher/local-path-provisioner#storage-classes',
    },
  ],
  [
    'microk8s.io/hostpath',
    {
      by: 'the parameter pvDir',
      reference: 'https://microk8s.io/docs/addon-hostpath-storage#customize-directory-used-for-persistentvolume-files',
    },
  ],
]);
