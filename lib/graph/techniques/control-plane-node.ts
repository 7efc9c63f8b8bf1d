import { CONTROL_PLANE_LABELS } from '../../access/pod/node-traits.ts';
import type { Node } from '../../inventory/kubernetes.ts';
import { objectEvidence } from '../evidence/objects.ts';
import { defineTechnique } from './technique.ts';

const labelOf = (node: Node): string | undefined => CONTROL_PLANE_LABELS.find((label) => node.labels.has(label));

export const controlPlaneNode = defineTechnique({
  id: 'control-plane-node',
  title: "Holds the control plane's keys",
  class: 'escape',
  walked: true,
  from: ['node'],
  to: ['cluster-admin'],
  action: "Reads the certificate authority, the service account signing key or etcd from the node's disk.",
  precondition: 'The node has the label `node-role.kubernetes.io/control-plane` or `…/master`.',
  remediation: 'Keep workloads off control plane nodes.',
  coverage: { level: 'partial', misses: 'control planes whose nodes are not in the cluster (managed services) or not labelled' },
  attck: ['T1552.004'],
  references: ['https://kubernetes.io/docs/reference/labels-annotations-taints/#node-role-kubernetes-io-control-plane'],
  find({ inventory, nodes }, emit) {
    for (const node of inventory.kubernetes.nodes) {
      if (labelOf(node) !== undefined) emit(nodes.intern('node', node.name), nodes.clusterAdmin());
    }
  },
  explain({ nodes }, { from }) {
    const node = nodes.records[from] as Node;
    const label = labelOf(node) as string;
    return {
      evidence: [
        objectEvidence(
          'Node',
          node,
          `/metadata/labels/${label.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          'runs the control plane and so holds its keys',
        ),
      ],
      fix: { says: 'keep the control plane taint, and tolerate it in nothing but the control plane itself' },
    };
  },
});
