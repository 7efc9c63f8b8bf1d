import type { Pod, Workload } from './kubernetes.ts';
import { byPlace } from './normalise/record-store.ts';
import { templatePointer } from './template-pointer.ts';

interface Records {
  readonly pods: readonly Pod[];
  readonly workloads: readonly Workload[];
}

/** An object by its kind and name, as owner references name it; quoted, so that no hostile name passes for another. */
const keyOf = (namespace: string, kind: string, name: string): string => JSON.stringify([namespace, kind, name]);

/**
 * The pods that controllers would make of which no pod was read: one for each controller that no API server has admitted (it has no uid),
 * that owns no pod, directly or through a controller of its own, and whose replicas are not 0. So manifests (`kubectl kustomize`,
 * `helm template`, a folder in git) say what would run. A controller that was read from a cluster without pods stays as it is: there it has
 * none. Such a pod has no uid, as nobody admitted it, and `template` says where in its owner it is written.
 */
function expectedPods({ pods, workloads }: Records): Pod[] {
  if (workloads.every(({ uid }) => uid !== undefined)) return [];
  const known = new Map(workloads.map((workload) => [keyOf(workload.namespace, workload.kind, workload.name), workload]));
  const ownerOf = ({ namespace, owner }: Pod | Workload): Workload | undefined =>
    owner === undefined ? undefined : known.get(keyOf(namespace, owner.kind, owner.name));
  const busy = new Set<Workload>();
  for (const pod of pods) for (let owner = ownerOf(pod); owner !== undefined && !busy.has(owner); owner = ownerOf(owner)) busy.add(owner);
  const taken = new Set(pods.map(({ namespace, name }) => keyOf(namespace, 'Pod', name)));
  return workloads
    .filter((workload) => workload.uid === undefined && workload.replicas !== 0 && !busy.has(workload))
    .filter((workload) => !isMadeBy(ownerOf(workload), workload))
    .map((workload) => {
      const { apiGroup } = workload;
      return expectedPod({ ...workload, apiVersion: apiGroup === '' ? 'v1' : `${apiGroup}/v1` }, taken);
    });
}

/** Whether another manifest already stands for the pods of a controller. Of these two pairs alone, so that nobody is his own owner's owner. */
function isMadeBy(owner: Workload | undefined, { kind }: Workload): boolean {
  if (owner === undefined || owner.uid !== undefined) return false;
  return (kind === 'ReplicaSet' && owner.kind === 'Deployment') || (kind === 'Job' && owner.kind === 'CronJob');
}

/** A controller of any kind, and what it makes pods of. */
type Maker = Pick<Workload, 'namespace' | 'name' | 'template' | 'spec'> & { readonly kind: string; readonly apiVersion: string };

/** `api-deployment-pod`: told from the names that controllers give, and one for each controller, as kinds may share a name; `taken` gets it too. */
export function expectedPod({ namespace, name: owner, kind, apiVersion, template, spec }: Maker, taken: Set<string>): Pod {
  let name = `${owner}-${kind.toLowerCase()}-pod`;
  while (taken.has(keyOf(namespace, 'Pod', name))) name += '-x';
  taken.add(keyOf(namespace, 'Pod', name));
  return {
    namespace,
    name,
    labels: template.labels,
    annotations: template.annotations,
    owner: { apiVersion, kind, name: owner },
    template: templatePointer(kind),
    spec,
  };
}

/** Pods that stand for controllers of add-ons (normalise/stand-in-pod.ts) whose own pods were read go: one of them, directly or through another, is there. */
function withoutStandIns<Given extends Records>(records: Given): Given {
  const { pods, workloads } = records;
  const known = new Map(workloads.map((workload) => [keyOf(workload.namespace, workload.kind, workload.name), workload]));
  const ownerKey = ({ namespace, owner }: Pod | Workload): string => (owner === undefined ? '' : keyOf(namespace, owner.kind, owner.name));
  const standIns = pods.filter((pod) => pod.template !== undefined && !known.has(ownerKey(pod)));
  if (standIns.length === 0) return records;
  const busy = new Set<string>();
  for (const pod of pods) {
    if (pod.template !== undefined) continue;
    const between = known.get(ownerKey(pod));
    busy.add(ownerKey(pod));
    if (between !== undefined) busy.add(ownerKey(between));
  }
  const gone = new Set(standIns.filter((pod) => busy.has(ownerKey(pod))));
  return gone.size === 0 ? records : { ...records, pods: pods.filter((pod) => !gone.has(pod)) };
}

/** Pods that were read and pods that are expected, by namespace, then name. */
export function withExpectedPods<Given extends Records>(given: Given): Given {
  const records = withoutStandIns(given);
  const expected = expectedPods(records);
  if (expected.length === 0) return records;
  return { ...records, pods: [...records.pods, ...expected].sort(byPlace) };
}
