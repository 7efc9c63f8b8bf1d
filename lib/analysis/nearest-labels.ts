import type { Graph } from '../graph/model.ts';

/** Of each node the nearest member of a set, and the nearest that has another label: hops or -1, and the labels. */
export interface NearestLabels {
  readonly hops: readonly [Int32Array, Int32Array];
  readonly labels: readonly [Int32Array, Int32Array];
}

/**
 * How many hops lead from every node to the nearest labelled node, and to the nearest with a label other than that one's: one breadth-first
 * walk against the edges, in which each node lets at most two labels through; linear in the walked edges. Whoever asks for "the nearest that is
 * not mine" finds it in one of the two.
 *
 * @param labelOf label of each node, 0 or more; -1: none.
 */
export function nearestLabels({ nodes, reverse }: Graph, labelOf: Int32Array): NearestLabels {
  const { count } = nodes;
  const hops: [Int32Array, Int32Array] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
  const labels: [Int32Array, Int32Array] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
  // Each node is in the queue at most twice, once a label.
  const queue = new Int32Array(2 * count);
  const slots = new Uint8Array(2 * count);
  let tail = 0;
  const offer = (node: number, label: number, distance: number): void => {
    const slot = labels[0][node] === -1 ? 0 : 1;
    if (slot === 1 && (labels[0][node] === label || labels[1][node] !== -1)) return;
    labels[slot][node] = label;
    hops[slot][node] = distance;
    queue[tail] = node;
    slots[tail] = slot;
    tail += 1;
  };
  for (let node = 0; node < count; node += 1) if ((labelOf[node] as number) >= 0) offer(node, labelOf[node] as number, 0);
  for (let head = 0; head < tail; head += 1) {
    const node = queue[head] as number;
    const slot = slots[head] as 0 | 1;
    const label = labels[slot][node] as number;
    const distance = (hops[slot][node] as number) + 1;
    for (let place = reverse.offsets[node] as number; place < (reverse.walkedEnd[node] as number); place += 1)
      offer(reverse.ends[place] as number, label, distance);
  }
  return { hops, labels };
}
