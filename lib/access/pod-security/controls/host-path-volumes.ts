import type { PodSecurityControl } from '../control.ts';

/** Source: policy/check_hostPathVolumes.go. */
export const hostPathVolumes: PodSecurityControl = {
  id: 'hostPathVolumes',
  title: 'hostPath volumes',
  level: 'baseline',
  revisions: [
    {
      since: 0,
      check: ({ spec }) =>
        spec.volumes
          .filter(({ hostPath }) => hostPath !== undefined)
          .map(({ index, name }) => ({ pointer: `/spec/volumes/${index}/hostPath`, says: `volume ${name} is a hostPath` })),
    },
  ],
};
