import {
  type AdministratorAnswer,
  allowStatements,
  isAdministrator,
  type PlacedStatement,
  roleStatements,
} from '../../access/aws/permissions.ts';
import type { AwsManagedPolicy, AwsRole } from '../../inventory/aws.ts';
import type { Inventory } from '../../inventory/inventory.ts';

const remembered = new WeakMap<Inventory, ReadonlyMap<string, AwsManagedPolicy>>();

/** Managed policies by ARN; made once, as every edge that is explained asks for them. */
export function managedPolicies(inventory: Inventory): ReadonlyMap<string, AwsManagedPolicy> {
  let policies = remembered.get(inventory);
  if (policies === undefined) {
    policies = new Map(inventory.aws.managedPolicies.map((policy) => [policy.arn, policy]));
    remembered.set(inventory, policies);
  }
  return policies;
}

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

const beforeWildcard = (pattern: string): string => pattern.toLowerCase().split(/[*?]/, 1)[0] ?? '';

/** Whether some action could fit both patterns, judged by what stands before their first wildcards: rather yes than no. */
function mayMeet(one: string, other: string): boolean {
  const [a, b] = [beforeWildcard(one), beforeWildcard(other)];
  if (a.length === one.length && b.length === other.length) return a === b;
  return a.startsWith(b) || b.startsWith(a);
}

/**
 * Deny statements of the role that could take something of an Allow away, as far as their actions tell. Which requests they deny is for
 * the full evaluation; beside one, an Allow is no longer sure.
 */
export function deniesBeside(
  role: AwsRole,
  policies: ReadonlyMap<string, AwsManagedPolicy>,
  { statement: allow }: PlacedStatement,
): readonly PlacedStatement[] {
  return roleStatements(role, policies).statements.filter(({ statement: deny }) => {
    if (deny.effect !== 'Deny') return false;
    if (deny.actions === undefined || allow.actions === undefined) return true;
    return deny.actions.some((denied) => allow.actions?.some((allowed) => mayMeet(denied, allowed)));
  });
}

export { type AdministratorAnswer, allowStatements, isAdministrator };
