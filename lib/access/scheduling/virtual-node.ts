import type { Node } from '../../inventory/kubernetes.ts';

/** Whether the cloud runs each pod on a machine of its own behind this node, so that the node is no machine to take. */
export const isVirtual = ({ labels }: Pick<Node, 'labels'>): boolean =>
  labels.get('eks.amazonaws.com/compute-type') === 'fargate' || labels.get('type') === 'virtual-kubelet';
