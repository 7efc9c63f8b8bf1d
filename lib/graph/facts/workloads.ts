import type { Inventory } from '../../inventory/inventory.ts';
import type { OwnerReference, Workload } from '../../inventory/kubernetes.ts';
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

  const workloadOf = new Int32Array(pods.pods.length).fill(-1);
  for (const [place, { namespace, owner }] of pods.pods.entries()) {
    if (owner === undefined || owner.kind === 'Node') continue;
    const key = `${namespace}/${kindOf(owner)}/${owner.name}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = resolve(namespace, owner);
      numbers.set(key, number);
    }
    workloadOf[place] = number;
  }
  return workloadOf;
}
