import type { Node, PodSpec, Taint } from '../../inventory/kubernetes.ts';
import { meetsNodeAffinity } from './node-affinity.ts';
import { untolerated } from './taints.ts';

/** What decides where a pod may run. */
export type Placement = Pick<PodSpec, 'nodeSelector' | 'nodeAffinity' | 'tolerations'>;

/** What the scheduler takes a cordoned node for. Source: pkg/scheduler/framework/plugins/nodeunschedulable. */
const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/**
 * Whether the scheduler would put the pod on the node as both stand: node selector, required node affinity, taints and cordon. Free CPU and
 * memory, ports, volumes and other pods are not looked at. Source: pkg/scheduler/framework/plugins nodeaffinity, tainttoleration, nodeunschedulable.
 */
export function fits(spec: Placement, node: Node): boolean {
  const taints = node.unschedulable === true ? [...node.taints, UNSCHEDULABLE] : node.taints;
  return meetsNodeAffinity(spec, node) && untolerated(spec.tolerations, taints, ['NoSchedule', 'NoExecute']) === undefined;
}
