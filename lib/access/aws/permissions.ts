import type { AwsManagedPolicy, AwsRole, PolicyDocument, PolicyStatement } from '../../inventory/aws.ts';
import { statementPointer } from './statement.ts';

/** A statement of a role's permissions, with where it stands. */
export interface PlacedStatement {
  readonly kind: 'inline' | 'managed';
  /** Name of the inline policy or ARN of the managed one. */
  readonly policy: string;
  /**
   * JSON pointer into the object that has the statement, as get-account-authorization-details prints it: the role for an
   * inline policy, the policy for a managed one.
   */
  readonly pointer: string;
  readonly statement: PolicyStatement;
}

/** All statements of a role, and what of its policies is not known. */
export interface RoleStatements {
  readonly statements: readonly PlacedStatement[];
  /** ARNs of attached policies that were not read, names of documents that are unreadable. */
  readonly unread: readonly string[];
}

/** Every statement of a role, Allow and Deny: inline policies first, then attached ones, each in its own order. */
export function roleStatements(role: AwsRole, managedPolicies: ReadonlyMap<string, AwsManagedPolicy>): RoleStatements {
  const statements: PlacedStatement[] = [];
  const unread: string[] = role.policiesUnknown === true ? [`the policies of ${role.arn}`] : [];
  const add = (document: PolicyDocument, place: Omit<PlacedStatement, 'statement' | 'pointer'>, at: string) => {
    if (document.unreadable !== undefined) unread.push(place.policy);
    for (const statement of document.statements) statements.push({ ...place, pointer: `${at}${statementPointer(statement)}`, statement });
  };
  for (const [index, policy] of role.inlinePolicies.entries()) {
    add(policy.document, { kind: 'inline', policy: policy.name }, `/RolePolicyList/${index}/PolicyDocument`);
  }
  for (const arn of role.attachedPolicies) {
    const policy = managedPolicies.get(arn);
    if (policy === undefined) unread.push(arn);
    else add(policy.document, { kind: 'managed', policy: arn }, policy.documentPointer ?? '');
  }
  return { statements, unread };
}

/** The Allow statements of a role, in the order of `roleStatements`. */
export function allowStatements(role: AwsRole, managedPolicies: ReadonlyMap<string, AwsManagedPolicy>): PlacedStatement[] {
  return roleStatements(role, managedPolicies).statements.filter((placed) => placed.statement.effect === 'Allow');
}
