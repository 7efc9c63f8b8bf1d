import type { AdmissionRequest } from '../../access/admission/matches.ts';
import type { GrantedRule } from '../../access/rbac/review.ts';
import { ruleAllows } from '../../access/rbac/rule.ts';
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

const RESOURCES: ReadonlyMap<string, string> = new Map(WORKLOAD_RESOURCES.map(({ kind, resource }) => [kind, resource]));

/** The resource of a kind of controller. */
export const resourceOf = (kind: WorkloadKind): string | undefined => RESOURCES.get(kind);

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

/** A request to change the controllers of a kind, or the one of a name, whose labels stay as they are unless the author wants them otherwise. */
export function changeRequest(kind: WorkloadKind, name?: string): AdmissionRequest {
  const { apiGroup = '', resource = '' } = WORKLOAD_RESOURCES.find((one) => one.kind === kind) ?? {};
  return { operation: 'UPDATE', apiGroup, resource, ...(name === undefined ? {} : { name }), ownLabels: false };
}

const MAKING: readonly AdmissionRequest[] = CREATE_WORKLOAD.map(({ apiGroup, resource }) => ({
  operation: 'CREATE',
  apiGroup,
  resource,
  ownLabels: true,
}));

const lists = new Map<string, readonly AdmissionRequest[]>();

/**
 * The requests by which rules that give `CREATE_WORKLOAD` let make a controller; undefined: they let make the pod itself, about which
 * nothing more is asked. The same list for the same kinds.
 */
export function makingRequests(by: readonly GrantedRule[]): readonly AdmissionRequest[] | undefined {
  const isLet = ({ apiGroup, resource }: AdmissionRequest): boolean =>
    by.some(({ rule }) => ruleAllows(rule, { verb: 'create', apiGroup, resource, subresource: '', name: '' }));
  const [pods, ...controllers] = MAKING as [AdmissionRequest, ...AdmissionRequest[]];
  if (isLet(pods)) return undefined;
  const found = controllers.filter(isLet);
  const key = found.map(({ resource }) => resource).join(',');
  const known = lists.get(key) ?? found;
  lists.set(key, known);
  return known;
}
