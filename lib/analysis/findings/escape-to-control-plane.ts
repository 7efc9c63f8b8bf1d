import { evidenceAlong, fixAlong } from '../finding-facts/exposure.ts';
import { workloads } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import type { FindingWorld, LiveWorkload } from '../finding-facts/world.ts';
import { defineFinding } from './finding.ts';

/** Edges by which a pod takes a node of the control plane, or cluster admin from the node's files: escape, then what the node is. */
function waysOut(world: FindingWorld, { nodes }: LiveWorkload, controlPlane: ReadonlyMap<number, number>): readonly number[] | undefined {
  const { graph } = world;
  const { offsets, certainEnd, walkedEnd, edges, ends } = graph.forward;
  let conditional: readonly number[] | undefined;
  for (const node of nodes)
    for (let place = offsets[node] as number; place < (walkedEnd[node] as number); place += 1) {
      const edge = edges[place] as number;
      const next = controlPlane.get(ends[place] as number);
      if (next === undefined || !world.isEscape(edge)) continue;
      if (place < (certainEnd[node] as number)) return [edge, next];
      conditional ??= [edge, next];
    }
  return conditional;
}

export const escapeToControlPlane = defineFinding({
  id: 'escape-to-control-plane',
  title: 'Pods on control plane nodes can take the node',
  severity: 'critical',
  class: 'combination',
  why: 'The control plane keeps its keys and etcd on its nodes: root there is cluster admin, without any right in RBAC.',
  remediation: 'Keep workloads off these nodes: leave the taint, and let no pod tolerate it that the control plane does not need.',
  misses: 'managed control planes, whose nodes are not in the cluster',
  references: [
    'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
    'https://kubernetes.io/docs/setup/best-practices/certificates/',
  ],
  prevention: validating({
    name: 'no-workloads-on-control-planes',
    says: 'refuses pods that tolerate the taint of control plane nodes',
    resources: [['', 'pods']],
    field: 'spec',
    validations: [
      {
        // The taint is NoSchedule; the kubelet gives static pods a toleration of everything that is NoExecute.
        expression:
          '!has(object.spec.tolerations) || object.spec.tolerations.all(t, (has(t.effect) && t.effect == "NoExecute") || (has(t.key) && !(t.key in ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master", ""])))',
        message: 'only the control plane may run on its nodes',
      },
    ],
  }),
  population: workloads,
  *find(world) {
    const { graph } = world;
    const controlPlane = new Map(world.edgesBy('control-plane-node').map((edge) => [graph.edges.from[edge] as number, edge]));
    if (controlPlane.size === 0) return;
    for (const workload of world.workloads) {
      const [pod] = workload.pods;
      const { kind, namespace, name, node } = workload;
      // The kubelet makes static pods of files on the node: they are the control plane.
      if (pod.owner?.kind === 'Node') continue;
      const way = waysOut(world, workload, controlPlane);
      if (way === undefined) continue;
      const isSystem = namespace === 'kube-system' && kind === 'DaemonSet';
      const isCertain = way.every((edge) => graph.edges.certainty[edge] === 0);
      yield {
        subject: { kind, namespace, name, node },
        severity: isCertain && !isSystem ? 'critical' : 'high',
        whyHere: `it runs on ${graph.nodes.names[graph.edges.to[way[0] as number] as number]}, a node of the control plane, and is root there${isCertain ? '' : ', conditionally'}${isSystem ? '; agents of every node are there as well, so keep their images and accounts as closely as the control plane' : ''}`,
        evidence: evidenceAlong(world, way),
        fix: fixAlong(world, way),
      };
    }
  },
});
