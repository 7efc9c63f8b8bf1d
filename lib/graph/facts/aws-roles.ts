import { type AdministratorAnswer, allowStatements, isAdministrator, type PlacedStatement } from '../../access/aws/permissions.ts';
import type { AwsManagedPolicy, AwsRole } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';

/** Managed policies by ARN. */
export const managedPolicies = (inventory: Inventory): ReadonlyMap<string, AwsManagedPolicy> =>
  new Map(inventory.aws.managedPolicies.map((policy) => [policy.arn, policy]));

/** A statement's stable name: a managed policy's is shared by all roles that have it. */
export const statementId = (role: AwsRole, placed: PlacedStatement): string =>
  `aws-statement:${placed.kind === 'managed' ? placed.policy : `${role.arn}/${placed.policy}`}#${placed.statement.index}`;

const some = (words: readonly string[]): string =>
  words.length > 3 ? `${words.slice(0, 3).join(', ')} +${words.length - 3}` : words.join(', ');

/** `s3:GetObject on arn:aws:s3:::assets/*`, short enough for a label. */
export function statementName({ statement }: PlacedStatement): string {
  const actions = statement.actions === undefined ? `all but ${some(statement.notActions ?? [])}` : some(statement.actions);
  const resources = statement.resources === undefined ? `all but ${some(statement.notResources ?? [])}` : some(statement.resources);
  return `${actions} on ${resources}`;
}

export { type AdministratorAnswer, allowStatements, isAdministrator };
