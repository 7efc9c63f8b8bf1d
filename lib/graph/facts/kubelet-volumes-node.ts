import { EVERYWHERE } from '../node-id.ts';
import type { Facts } from './facts.ts';

/** The number of the volumes that the kubelet keeps on a node; of those on all nodes, where the number is that of all nodes. */
export const kubeletVolumesNode = ({ nodes }: Facts, node: number): number =>
  nodes.intern('kubelet-volumes', nodes.kinds[node] === 'node' ? (nodes.names[node] as string) : EVERYWHERE);
