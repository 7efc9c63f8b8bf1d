import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Item {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly ownerReferences?: readonly { kind: string; name: string }[];
  };
  readonly status?: { readonly phase?: string };
}

const items = (file: string): readonly Item[] =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../demo/kubernetes', file), 'utf8')).items;

const PODS = items('pods.json');

/** What the demo holds, counted in its files. */
export const DEMO_PODS = PODS.length;

const keyOf = (kind: string, namespace: string | undefined, name: string): string => `${kind} ${namespace}/${name}`;

const CONTROLLERS = new Map(
  ['deployments.json', 'statefulsets.json', 'daemonsets.json', 'cronjobs.json', 'jobs.json', 'replicasets.json']
    .flatMap(items)
    .map((item) => [keyOf(item.kind, item.metadata.namespace, item.metadata.name), item]),
);

/** Whatever nobody else owns: a ReplicaSet's or a Job's owner counts in its place. */
function topOf(item: Item): string {
  const { namespace, name, ownerReferences: [owner] = [] } = item.metadata;
  const above = owner && CONTROLLERS.get(keyOf(owner.kind, namespace, owner.name));
  return above === undefined ? keyOf(item.kind, namespace, name) : topOf(above);
}

/** Workloads with a pod that has not ended. */
export const DEMO_WORKLOADS = new Set(PODS.filter(({ status }) => !['Succeeded', 'Failed'].includes(status?.phase ?? '')).map(topOf)).size;
