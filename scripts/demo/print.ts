import type { Json, JsonObject, KubernetesObject } from './json.ts';

function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => sorted(item) ?? null);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value as JsonObject).filter(([, child]) => child !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, child]) => [key, sorted(child)]));
}

function byNamespaceThenName(a: KubernetesObject, b: KubernetesObject): number {
  const left = `${a.metadata.namespace ?? ''}\u0000${a.metadata.name}`;
  const right = `${b.metadata.namespace ?? ''}\u0000${b.metadata.name}`;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** One value as kubectl prints it: keys in alphabetical order, four spaces. */
export function printKubernetes(value: Json): string {
  return `${JSON.stringify(sorted(value), undefined, 4)}\n`;
}

/** Objects of one kind as `kubectl get KIND -A -o json` prints them. */
export function printList(objects: readonly KubernetesObject[]): string {
  return printKubernetes({
    apiVersion: 'v1',
    items: [...objects].sort(byNamespaceThenName),
    kind: 'List',
    metadata: { resourceVersion: '' },
  });
}

/** One answer as the `aws` command prints it: keys in the order of the API, four spaces. */
export function printAws(answer: Json): string {
  return `${JSON.stringify(answer, undefined, 4)}\n`;
}

/** One answer of a REST API: keys in the order of the API, two spaces. */
export function printRest(answer: Json): string {
  return `${JSON.stringify(answer, undefined, 2)}\n`;
}
