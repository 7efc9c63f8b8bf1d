import type { PodSecurityControl } from '../control.ts';

const FIELDS = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

/** Source: policy/check_hostNamespaces.go. */
export const hostNamespaces: PodSecurityControl = {
  id: 'hostNamespaces',
  title: 'Host namespaces',
  level: 'baseline',
  revisions: [
    {
      since: 0,
      check: ({ spec }) =>
        FIELDS.filter((field) => spec[field]).map((field) => ({ pointer: `/spec/${field}`, says: `the pod sets ${field}` })),
    },
  ],
};
