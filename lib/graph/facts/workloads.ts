import type { Inventory } from '../../inventory/inventory.ts';
import type { OwnerReference, Pod, Workload } from '../../inventory/kubernetes.ts';
import type { NodeId } from '../model.ts';
import type { NodeTableBuilder } from '../table-builder.ts';
import type { PodFacts } from './pods.ts';

/** ReplicaSets and Jobs stand for what made them: people know Deployments and CronJobs. */
const MADE_BY_OTHERS = new Set(['ReplicaSet', 'Job']);

/** API groups of the kinds that Kubernetes has itself. */
const GROUPS = new Map([
  ['ReplicationController', ''],
  ['Deployment', 'apps'],
  ['ReplicaSet', 'apps'],
  ['StatefulSet', 'apps'],
  ['DaemonSet', 'apps'],
  ['Job', 'batch'],
  ['CronJob', 'batch'],
]);

/** The kind, told apart from Kubernetes' own of the same name: `StatefulSet.apps.kruise.io`. */
function kindOf({ apiVersion, kind }: OwnerReference): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const own = GROUPS.get(kind);
  return own === undefined || own === group || apiVersion === '' ? kind : `${kind}.${group}`;
}

/** The number of the workload that each pod belongs to, or -1; interns the workloads' nodes. */
export function workloadsOf(inventory: Inventory, pods: PodFacts, nodes: NodeTableBuilder): Int32Array {
  const workloads = new Map(
    inventory.kubernetes.workloads.map((workload) => [`${workload.namespace}/${workload.kind}/${workload.name}`, workload]),
  );
  const numbers = new Map<string, number>();

  const intern = (namespace: string, kind: string, name: string, record: Workload | undefined): number => {
    const id = `workload:${namespace}/${kind.toLowerCase()}/${name}` as NodeId;
    return nodes.internAs(id, { kind: 'workload', name, namespace, record });
  };
  const resolve = (namespace: string, owner: OwnerReference): number => {
    const kind = kindOf(owner);
    const record = workloads.get(`${namespace}/${kind}/${owner.name}`);
    const above = MADE_BY_OTHERS.has(kind) ? record?.owner : undefined;
    if (above === undefined) return intern(namespace, kind, owner.name, record);
    const number = intern(namespace, kindOf(above), above.name, workloads.get(`${namespace}/${kindOf(above)}/${above.name}`));
    nodes.alias(`workload:${namespace}/${kind.toLowerCase()}/${owner.name}` as NodeId, number);
    return number;
  };

  const numberOf = (namespace: string, owner: OwnerReference): number => {
    const key = `${namespace}/${kindOf(owner)}/${owner.name}`;
    const number = numbers.get(key) ?? resolve(namespace, owner);
    numbers.set(key, number);
    return number;
  };

  const workloadOf = new Int32Array(pods.pods.length).fill(-1);
  // Pods are sorted by name, so that those of one owner stand together and have one object for it.
  let last: { readonly namespace: string; readonly owner: OwnerReference; readonly number: number } | undefined;
  for (let place = 0; place < pods.pods.length; place += 1) {
    const { namespace, owner } = pods.pods[place] as Pod;
    if (owner === undefined || owner.kind === 'Node') continue;
    if (last?.owner !== owner || last.namespace !== namespace) last = { namespace, owner, number: numberOf(namespace, owner) };
    workloadOf[place] = last.number;
  }
  return workloadOf;
}
