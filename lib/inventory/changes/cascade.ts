import type { CustomResourceDefinition } from '../admission.ts';
import type { Pod, Workload } from '../kubernetes.ts';
import { keptKind, type ListName } from './kept-kinds.ts';
import type { Kept, KeptObjects, KeptRecord } from './kept-objects.ts';

/** Lists whose objects lie in a namespace, so that they go with it. */
const IN_NAMESPACES = [
  'serviceAccounts',
  'secrets',
  'roles',
  'bindings',
  'pods',
  'workloads',
  'networkPolicies',
  'services',
  'endpointSlices',
  'ingresses',
  'gateways',
  'routes',
  'referenceGrants',
  'persistentVolumeClaims',
  'enginePolicies',
] as const satisfies readonly ListName[];

const TOKEN_TYPE = 'kubernetes.io/service-account-token';
const ACCOUNT = 'kubernetes.io/service-account.name';

interface Owned {
  readonly namespace: string;
  readonly owner?: { readonly kind: string; readonly name: string };
}

/** A controller, of any kind. */
interface Maker {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Whether the controller made it, or a controller that this one made. */
export function isMadeBy(objects: KeptObjects, { kind, namespace, name }: Maker): (made: Owned) => boolean {
  const between = new Set(
    objects
      .all('workloads')
      .filter(({ owner, ...one }) => one.namespace === namespace && owner?.kind === kind && owner.name === name)
      .map((one) => `${one.kind}/${one.name}`),
  );
  return (made) =>
    made.namespace === namespace &&
    made.owner !== undefined &&
    ((made.owner.kind === kind && made.owner.name === name) || between.has(`${made.owner.kind}/${made.owner.name}`));
}

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

function withNamespace(objects: KeptObjects, name: string): readonly string[] {
  const gone = IN_NAMESPACES.map((list) => objects.removeAll(list, (record: KeptRecord) => record.namespace === name));
  return [
    `${count(
      gone.reduce((sum, number) => sum + number, 0),
      'object',
    )} in it go with it`,
  ];
}

/** What a controller made goes with it; the controller itself need not be of a kind that is kept. */
export function withController(objects: KeptObjects, controller: Maker): readonly string[] {
  const isMade = isMadeBy(objects, controller);
  const pods = objects.removeAll('pods', isMade);
  const controllers = objects.removeAll('workloads', isMade);
  return pods + controllers === 0 ? [] : [`${count(pods, 'pod')} and ${count(controllers, 'controller')} that it made go with it`];
}

/** The token controller deletes the Secrets of an account that is gone. Source: pkg/controller/serviceaccount/tokens_controller.go. */
function withAccount(objects: KeptObjects, { namespace, name }: KeptRecord): readonly string[] {
  const gone = objects.removeAll(
    'secrets',
    (secret) => secret.namespace === namespace && secret.type === TOKEN_TYPE && secret.annotations.get(ACCOUNT) === name,
  );
  return gone === 0 ? [] : [`${count(gone, 'token secret')} of it go with it`];
}

/** Pods of a node that is gone are deleted; a controller makes its own anew on some other node. Source: pkg/controller/podgc/gc_controller.go. */
function withNode(objects: KeptObjects, { name }: KeptRecord): readonly string[] {
  const moves = ({ owner }: Pod): boolean => owner !== undefined && owner.kind !== 'DaemonSet' && owner.kind !== 'Node';
  const there = objects.all('pods').filter((pod) => pod.nodeName === name);
  for (const pod of there) {
    const { nodeName: _nodeName, ...rest } = pod;
    if (moves(pod)) objects.set('pods', rest);
    else objects.remove({ list: 'pods', record: pod });
  }
  const moved = there.filter(moves).length;
  return there.length === 0
    ? []
    : [
        `${count(there.length - moved, 'pod')} on it go with it; ${count(moved, 'pod')} are made anew on nodes that the scheduler chooses, which is not known`,
      ];
}

/** All objects of a kind go with its definition. */
function withDefinition(objects: KeptObjects, { group, kind }: CustomResourceDefinition): readonly string[] {
  const kept = keptKind(kind, `${group}/v1`);
  const policies = objects.removeAll('enginePolicies', (policy) => policy.apiGroup === group && policy.kind === kind);
  const others =
    kept === undefined ? 0 : objects.removeAll(kept.list, (record: KeptRecord) => record.kind === undefined || record.kind === kind);
  return policies + others === 0 ? [] : [`${count(policies + others, 'object')} of kind ${kind} go with it`];
}

/** A pod that somebody deletes is back at once where a controller wants it. */
const withPod = ({ owner }: Pod): readonly string[] =>
  owner === undefined ? [] : [`${owner.kind} ${owner.name} makes it anew; here it is gone all the same`];

/** Removes an object and what falls with it, and says what that was. */
export function removeWithDependents(objects: KeptObjects, kept: Kept): readonly string[] {
  const { list, record } = kept;
  objects.remove(kept);
  if (list === 'namespaces') return withNamespace(objects, record.name);
  if (list === 'workloads') return withController(objects, record as Workload);
  if (list === 'serviceAccounts') return withAccount(objects, record);
  if (list === 'nodes') return withNode(objects, record);
  if (list === 'customResourceDefinitions') return withDefinition(objects, record as CustomResourceDefinition);
  return list === 'pods' ? withPod(record as Pod) : [];
}
