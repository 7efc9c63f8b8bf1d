import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Item {
  readonly kind: string;
  readonly metadata: { readonly ownerReferences?: readonly unknown[] };
}

const items = (file: string): readonly Item[] =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../demo/kubernetes', file), 'utf8')).items;

/** What the demo holds, counted in its files. */
export const DEMO_PODS = items('pods.json').length;

/** A workload is whatever nobody else owns: a ReplicaSet's or a Job's owner counts in its place. */
export const DEMO_WORKLOADS = ['deployments.json', 'statefulsets.json', 'daemonsets.json', 'cronjobs.json', 'jobs.json', 'replicasets.json']
  .flatMap(items)
  .filter(({ metadata }) => (metadata.ownerReferences ?? []).length === 0).length;
