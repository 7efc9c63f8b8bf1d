import type { Node, NodeSelectorRequirement, PodSpec } from '../../inventory/kubernetes.ts';

const INTEGER = /^[+-]?[0-9]{1,18}$/;

/** The whole number that a text is, as Go's `ParseInt` reads it; undefined: none. */
export const integerOf = (text: string | undefined): bigint | undefined =>
  text !== undefined && INTEGER.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined;

/** `metadata.name` is how the inventory keeps a requirement on the node's name; no label can be called so and be set by its own kubelet. */
const valueAt = ({ name, labels }: Node, key: string): string | undefined =>
  labels.get(key) ?? (key === 'metadata.name' ? name : undefined);

/** Whether a node meets one requirement. What the API server would not have taken is met by no node. Source: apimachinery/pkg/labels/selector.go `Requirement.Matches`. */
function isMet(node: Node, { key, operator, values }: NodeSelectorRequirement): boolean {
  const value = valueAt(node, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return values.length > 0 && (value === undefined || !values.includes(value));
    case 'Exists':
      return value !== undefined && values.length === 0;
    case 'DoesNotExist':
      return value === undefined && values.length === 0;
    case 'Gt':
    case 'Lt': {
      const [asked, have] = [integerOf(values.length === 1 ? values[0] : undefined), integerOf(value)];
      if (asked === undefined || have === undefined) return false;
      return operator === 'Gt' ? have > asked : have < asked;
    }
    default:
      return false;
  }
}

/**
 * Whether a node has what the pod asks of it: all of `nodeSelector`, and one term of the required node affinity, whole; an empty term fits
 * no node, and so does a list without terms. Source: k8s.io/component-helpers/scheduling/corev1/nodeaffinity/nodeaffinity.go.
 */
export function meetsNodeAffinity({ nodeSelector, nodeAffinity }: Pick<PodSpec, 'nodeSelector' | 'nodeAffinity'>, node: Node): boolean {
  for (const [key, value] of nodeSelector) if (node.labels.get(key) !== value) return false;
  return (
    nodeAffinity === undefined || nodeAffinity.some((term) => term.length > 0 && term.every((requirement) => isMet(node, requirement)))
  );
}
