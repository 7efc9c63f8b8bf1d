import { indexAws } from '../../access/aws/aws-index.ts';
import { allowStatements, type PlacedStatement } from '../../access/aws/permissions.ts';
import { principalPolicies } from '../../access/aws/principal-policies.ts';
import { type Limit, statementReach } from '../../access/aws/statement-reach.ts';
import type { AwsRole } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';

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

/** What boundary, Deny statements and service control policies leave of an Allow statement of the role, and which of them limit it. */
export function reachOf(inventory: Inventory, role: AwsRole, { statement, policy }: PlacedStatement): Limit {
  const index = indexAws(inventory);
  const compiled = principalPolicies(index, role)
    .identity.policies.filter((one) => one.policy === policy)
    .flatMap((one) => one.compiled.statements)
    .find((one) => one.source === statement);
  if (compiled === undefined) throw new Error(`${policy} of ${role.arn} has no such statement`);
  return statementReach(index, role, compiled);
}

export { allowStatements };
