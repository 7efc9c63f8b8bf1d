import type { Service } from '../../inventory/exposure.ts';
import { nodeId } from '../node-id.ts';
import { everything } from './everything.ts';
import type { Facts } from './facts.ts';
import { isEverywhere } from './scopes.ts';

/** The node of what is sent to a Service. */
export function serviceTraffic({ nodes }: Facts, namespace: string, name: string): number {
  return nodes.internAs(nodeId('service-traffic', name, namespace), { kind: 'service-traffic', name, namespace });
}

/** The node of what is sent to all Services of a namespace (empty or `*`: to anywhere in the cluster). */
export const allTraffic = (facts: Facts, scope: string): number => everything(facts, 'all-traffic', isEverywhere(scope) ? '' : scope);

interface Index {
  readonly byNamespace: ReadonlyMap<string, readonly Service[]>;
  readonly byName: ReadonlyMap<string, readonly Service[]>;
}

const remembered = new WeakMap<Facts, Index>();

function indexOf(facts: Facts): Index {
  let index = remembered.get(facts);
  if (index === undefined) {
    const { services } = facts.inventory.kubernetes;
    index = { byNamespace: Map.groupBy(services, ({ namespace }) => namespace), byName: Map.groupBy(services, ({ name }) => name) };
    remembered.set(facts, index);
  }
  return index;
}

/** Services that a right in a scope reaches, on any name or on one. */
export function servicesIn(facts: Facts, scope: string, name: string | undefined): readonly Service[] {
  const { byNamespace, byName } = indexOf(facts);
  if (name === undefined) return isEverywhere(scope) ? facts.inventory.kubernetes.services : (byNamespace.get(scope) ?? []);
  const named = byName.get(name) ?? [];
  return isEverywhere(scope) ? named : named.filter(({ namespace }) => namespace === scope);
}
