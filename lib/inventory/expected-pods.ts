import type { Pod, Workload } from './kubernetes.ts';
import { byPlace } from './normalise/record-store.ts';

/** JSON pointer of the pod template in a controller. */
export const templateIn = (kind: Workload['kind']): string => (kind === 'CronJob' ? '/spec/jobTemplate/spec/template' : '/spec/template');

/** An object by its kind and name, as owner references name it; quoted, so that no hostile name passes for another. */
const keyOf = (namespace: string, kind: string, name: string): string => JSON.stringify([namespace, kind, name]);

/**
 * The pods that controllers would make of which no pod was read: one for each controller that no API server has admitted (it has no uid),
 * that owns no pod, directly or through a controller of its own, and whose replicas are not 0. So manifests (`kubectl kustomize`,
 * `helm template`, a folder in git) say what would run. A controller that was read from a cluster without pods stays as it is: there it has
 * none. Such a pod has no uid, as nobody admitted it, and `template` says where in its owner it is written.
 */
export function expectedPods({ pods, workloads }: { readonly pods: readonly Pod[]; readonly workloads: readonly Workload[] }): Pod[] {
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
    .map((workload) => expectedPod(workload, taken));
}

/** Whether another manifest already stands for the pods of a controller. Of these two pairs alone, so that nobody is his own owner's owner. */
function isMadeBy(owner: Workload | undefined, { kind }: Workload): boolean {
  if (owner === undefined || owner.uid !== undefined) return false;
  return (kind === 'ReplicaSet' && owner.kind === 'Deployment') || (kind === 'Job' && owner.kind === 'CronJob');
}

/** `api-deployment-pod`: told from the names that controllers give, and one for each controller, as kinds may share a name. */
function expectedPod(workload: Workload, taken: Set<string>): Pod {
  const { namespace, kind } = workload;
  let name = `${workload.name}-${kind.toLowerCase()}-pod`;
  while (taken.has(keyOf(namespace, 'Pod', name))) name += '-x';
  taken.add(keyOf(namespace, 'Pod', name));
  return {
    namespace,
    name,
    labels: workload.template.labels,
    annotations: workload.template.annotations,
    owner: { apiVersion: workload.apiGroup === '' ? 'v1' : `${workload.apiGroup}/v1`, kind, name: workload.name },
    template: templateIn(kind),
    spec: workload.spec,
  };
}

/** Pods that were read and pods that are expected, by namespace, then name. */
export function withExpectedPods<Records extends { readonly pods: readonly Pod[]; readonly workloads: readonly Workload[] }>(
  records: Records,
): Records {
  const expected = expectedPods(records);
  if (expected.length === 0) return records;
  return { ...records, pods: [...records.pods, ...expected].sort(byPlace) };
}
