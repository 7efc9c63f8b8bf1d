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

/** Whether a role is administrator of its account, by which statements, and what could still limit it. */
export interface AdministratorAnswer {
  readonly answer: 'yes' | 'no' | 'conditional';
  readonly statements: readonly PlacedStatement[];
  readonly dependsOn: readonly string[];
}

/**
 * Administrator is who is allowed every action on every resource: decided by what the statements say, never by a policy's
 * name. A condition, a permissions boundary or any Deny makes it conditional; `no` where a policy was not read would be a
 * guess, so that is conditional too. Service control policies are not looked at here.
 */
export function isAdministrator(role: AwsRole, managedPolicies: ReadonlyMap<string, AwsManagedPolicy>): AdministratorAnswer {
  const { statements, unread } = roleStatements(role, managedPolicies);
  const everything = statements.filter(({ statement }) => statement.effect === 'Allow' && allowsEverything(statement));
  if (everything.length === 0) {
    return unread.length === 0
      ? { answer: 'no', statements: [], dependsOn: [] }
      : { answer: 'conditional', statements: [], dependsOn: unread };
  }
  const limits = statements
    .filter(({ statement }) => statement.effect === 'Deny')
    .map(({ policy, statement }) => `Deny ${statement.sid ?? `statement ${statement.index}`} of ${policy}`);
  if (role.permissionsBoundary !== undefined) limits.push(`permissions boundary ${role.permissionsBoundary}`);
  const free = everything.filter(({ statement }) => statement.conditions.length === 0);
  if (free.length === 0) {
    limits.push(...everything.flatMap(({ statement }) => statement.conditions.map((condition) => `condition on ${condition.key}`)));
  }
  limits.push(...unread.map((policy) => `unread policy ${policy}`));
  const deciding = free.length === 0 ? everything : free;
  return { answer: limits.length === 0 ? 'yes' : 'conditional', statements: deciding, dependsOn: [...new Set(limits)].sort() };
}

function allowsEverything(statement: PolicyStatement): boolean {
  const everyAction = statement.actions?.some((action) => /^\*+(?::\*+)?$/.test(action)) ?? statement.notActions?.length === 0;
  const everyResource = statement.resources?.some((resource) => /^\*+$/.test(resource)) ?? statement.notResources?.length === 0;
  return everyAction === true && everyResource === true;
}
