import type { PodSecurityControl } from '../control.ts';

const ALLOWED = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret']);

/**
 * A volume of no kind becomes an `emptyDir` before admission. `image` is let pass by servers from 1.33 on, whatever version the policy is
 * pinned to. Source: policy/check_restrictedVolumes.go.
 */
export const volumeTypes: PodSecurityControl = {
  id: 'restrictedVolumes',
  title: 'Volume types',
  level: 'restricted',
  revisions: [
    {
      since: 0,
      check: ({ spec, serverMinor }) =>
        spec.volumes.flatMap(({ source, index, name }) =>
          source === undefined || ALLOWED.has(source) || (source === 'image' && serverMinor >= 33)
            ? []
            : [{ pointer: `/spec/volumes/${index}`, says: `volume ${name} is of type ${source}` }],
        ),
    },
  ],
  overrides: 'hostPathVolumes',
};
