import { type MetadataReach, metadataReach, type NodeRole, nodeRoles } from '../../access/aws/node-role.ts';
import type { AwsRole } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Node } from '../../inventory/kubernetes.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import type { Facts } from './facts.ts';

/** What is known of the role of one node, with its number in the graph. */
export interface NodeRoleFacts extends NodeRole {
  readonly record: Node;
  readonly reach: MetadataReach;
}

const remembered = new WeakMap<Inventory, (record: Node) => NodeRoleFacts | undefined>();

/** The role of the node with this number; undefined where it has none, or nothing tells. Worked out once for each node. */
export function nodeRoleOf({ inventory, nodes }: Pick<Facts, 'inventory' | 'nodes'>, node: number): NodeRoleFacts | undefined {
  let roleOf = remembered.get(inventory);
  if (roleOf === undefined) {
    roleOf = lookup(inventory);
    remembered.set(inventory, roleOf);
  }
  const record = nodes.kinds[node] === 'node' ? (nodes.records[node] as Node | undefined) : undefined;
  return record === undefined ? undefined : roleOf(record);
}

function lookup(inventory: Inventory): (record: Node) => NodeRoleFacts | undefined {
  const find = nodeRoles(inventory);
  const known = new Map<Node, NodeRoleFacts | undefined>();
  return (record) => {
    if (!known.has(record)) {
      const role = find(record);
      known.set(record, role === undefined ? undefined : { ...role, record, reach: metadataReach(record, role) });
    }
    return known.get(record);
  };
}

const roleNames = new WeakMap<Inventory, ReadonlyMap<string, AwsRole>>();

const nameKey = (account: string, name: string): string => `${account}/${name.toLowerCase()}`;

/**
 * The role behind an ARN as STS and aws-auth write it: without the path, and in any case. Undefined: no such role was read.
 * Source: aws-iam-authenticator pkg/arn (`Canonicalize`) and pkg/mapper/configmap.
 */
export function roleWithoutPath({ inventory }: Pick<Facts, 'inventory'>, text: string): AwsRole | undefined {
  let names = roleNames.get(inventory);
  if (names === undefined) {
    names = new Map(inventory.aws.roles.map((role) => [nameKey(role.account, role.name), role]));
    roleNames.set(inventory, names);
  }
  const arn = splitArn(text);
  if (arn === undefined || !arn.resource.startsWith('role/')) return undefined;
  return names.get(nameKey(arn.account, arn.resource.slice('role/'.length)));
}
