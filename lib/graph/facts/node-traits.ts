import { type NodeTraits, nodeTraits } from '../../access/pod/node-traits.ts';
import type { Node } from '../../inventory/kubernetes.ts';
import type { Facts } from './facts.ts';

const remembered = new WeakMap<Facts, (node: number) => NodeTraits>();

/** What is known of the node with this number (below 0: of none), as far as escapes hang on it; read once for each node. */
export function traitsOf(facts: Facts): (node: number) => NodeTraits {
  let traits = remembered.get(facts);
  if (traits === undefined) {
    const read = nodeTraits();
    const known: NodeTraits[] = [];
    traits = (node) => {
      if (node < 0) return read(undefined);
      known[node] ??= read(facts.nodes.records[node] as Node | undefined);
      return known[node];
    };
    remembered.set(facts, traits);
  }
  return traits;
}
