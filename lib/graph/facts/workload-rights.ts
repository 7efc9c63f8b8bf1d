import type { WorkloadKind } from '../../inventory/kubernetes.ts';
import type { AnyOf, Right } from './rights.ts';

/** Every kind whose objects become pods, with the API group that serves it. */
export const WORKLOAD_RESOURCES: readonly { readonly kind: WorkloadKind | 'Pod'; readonly apiGroup: string; readonly resource: string }[] =
  [
    { kind: 'Pod', apiGroup: '', resource: 'pods' },
    { kind: 'ReplicationController', apiGroup: '', resource: 'replicationcontrollers' },
    { kind: 'Deployment', apiGroup: 'apps', resource: 'deployments' },
    { kind: 'ReplicaSet', apiGroup: 'apps', resource: 'replicasets' },
    { kind: 'StatefulSet', apiGroup: 'apps', resource: 'statefulsets' },
    { kind: 'DaemonSet', apiGroup: 'apps', resource: 'daemonsets' },
    { kind: 'Job', apiGroup: 'batch', resource: 'jobs' },
    { kind: 'CronJob', apiGroup: 'batch', resource: 'cronjobs' },
  ];

/** The right to make a pod, by itself or by a controller. */
export const CREATE_WORKLOAD: readonly Right[] = WORKLOAD_RESOURCES.map(({ apiGroup, resource }) => ({
  verbs: ['create'],
  apiGroup,
  resource,
}));

/** Controllers whose pod template can be changed after they were made; a Job's cannot. */
export const PATCHABLE: readonly { readonly kind: WorkloadKind; readonly rights: AnyOf }[] = WORKLOAD_RESOURCES.flatMap(
  ({ kind, apiGroup, resource }) =>
    kind === 'Pod' || kind === 'Job' ? [] : [{ kind, rights: [{ verbs: ['update', 'patch'], apiGroup, resource }] }],
);
