import type { Node } from '../../inventory/kubernetes.ts';

/** Whose machines the nodes are, as `.spec.providerID` says; undefined: nothing says so, or several do. */
export type Provider = 'aws' | 'gce' | 'azure' | 'openstack' | 'other';

const PROVIDERS = new Map<string, Provider>([
  ['aws', 'aws'],
  ['gce', 'gce'],
  ['azure', 'azure'],
  ['openstack', 'openstack'],
]);

export function providerOf(nodes: readonly Node[]): Provider | undefined {
  const found = new Set<Provider>();
  for (const { providerID } of nodes) {
    const end = providerID?.indexOf('://') ?? -1;
    if (providerID !== undefined && end > 0) found.add(PROVIDERS.get(providerID.slice(0, end)) ?? 'other');
  }
  const [only] = found;
  return found.size === 1 ? only : undefined;
}
