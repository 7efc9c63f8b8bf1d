import type { AwsGroup, AwsManagedPolicy, AwsRole, AwsUser, PolicyDocument, PolicyStatement } from '../../inventory/aws.ts';
import { type CompiledStatement, compileStatement, statementPointer } from './statement.ts';

/** Whoever calls AWS with keys of its own: a role's session or a user. */
export type AwsPrincipal = AwsRole | AwsUser;

/** A statement that a principal has, with the object that it stands in. */
export interface HeldStatement {
  readonly object: { readonly kind: 'AwsRole' | 'AwsUser' | 'AwsGroup' | 'AwsManagedPolicy'; readonly name: string };
  /** Name of the inline policy or ARN of the managed one. */
  readonly policy: string;
  /** JSON pointer into the object, as get-account-authorization-details prints it. */
  readonly pointer: string;
  readonly statement: PolicyStatement;
  readonly compiled: CompiledStatement;
}

/** Everything that a principal's own and its groups' policies say. */
export interface HeldStatements {
  readonly allows: readonly HeldStatement[];
  readonly denies: readonly HeldStatement[];
  /** ARNs of attached policies, its groups' included. */
  readonly attached: readonly string[];
  /** Services of which the Allow statements name an action, in lower case; undefined: of any. */
  readonly services?: ReadonlySet<string>;
  /** Whether a policy was not read or is unreadable, so that the lists are a part. */
  readonly incomplete: boolean;
}

/** What the statements are looked up in. */
export interface PolicySource {
  readonly managedPolicies: ReadonlyMap<string, AwsManagedPolicy>;
  /** By account and name: `111122223333/developers`. */
  readonly groups: ReadonlyMap<string, AwsGroup>;
}

export const isUser = (principal: AwsPrincipal): principal is AwsUser => 'groups' in principal;

/** A managed policy is attached to many: each of its statements is compiled once. */
const remembered = new WeakMap<PolicyStatement, CompiledStatement>();

function compiled(statement: PolicyStatement, version: string | undefined): CompiledStatement {
  let known = remembered.get(statement);
  if (known === undefined) {
    known = compileStatement(statement, version);
    remembered.set(statement, known);
  }
  return known;
}

/** The services that statements speak of; undefined where one speaks of all, or of all but some actions. */
function servicesOf(allows: readonly HeldStatement[]): ReadonlySet<string> | undefined {
  const services = new Set<string>();
  for (const { statement } of allows) {
    if (statement.actions === undefined) return undefined;
    for (const action of statement.actions) {
      const service = action.slice(0, Math.max(0, action.indexOf(':')));
      if (service === '' || /[*?]/.test(service)) return undefined;
      services.add(service.toLowerCase());
    }
  }
  return services;
}

class Collector {
  readonly allows: HeldStatement[] = [];
  readonly denies: HeldStatement[] = [];
  readonly attached: string[] = [];
  incomplete = false;

  add(document: PolicyDocument, place: Pick<HeldStatement, 'object' | 'policy'>, at: string): void {
    if (document.unreadable !== undefined) this.incomplete = true;
    for (const statement of document.statements) {
      const held = { ...place, pointer: `${at}${statementPointer(statement)}`, statement, compiled: compiled(statement, document.version) };
      (statement.effect === 'Allow' ? this.allows : this.denies).push(held);
    }
  }

  addHolder(
    holder: AwsRole | AwsUser | AwsGroup,
    at: { kind: 'AwsRole' | 'AwsUser' | 'AwsGroup'; list: string },
    source: PolicySource,
  ): void {
    const object = { kind: at.kind, name: holder.arn };
    for (const [place, { name, document }] of holder.inlinePolicies.entries()) {
      this.add(document, { object, policy: name }, `/${at.list}/${place}/PolicyDocument`);
    }
    for (const arn of holder.attachedPolicies) {
      this.attached.push(arn);
      const policy = source.managedPolicies.get(arn);
      if (policy === undefined) this.incomplete = true;
      else this.add(policy.document, { object: { kind: 'AwsManagedPolicy', name: arn }, policy: arn }, policy.documentPointer ?? '');
    }
  }
}

/** Statements of a principal: inline and attached ones, a user's groups' as well. Boundaries and SCPs are not among them: they allow nothing. */
export function heldStatements(principal: AwsPrincipal, source: PolicySource): HeldStatements {
  const found = new Collector();
  if (isUser(principal)) {
    found.addHolder(principal, { kind: 'AwsUser', list: 'UserPolicyList' }, source);
    for (const name of principal.groups) {
      const group = source.groups.get(`${principal.account}/${name}`);
      if (group === undefined) found.incomplete = true;
      else found.addHolder(group, { kind: 'AwsGroup', list: 'GroupPolicyList' }, source);
    }
  } else {
    found.incomplete = principal.policiesUnknown === true;
    found.addHolder(principal, { kind: 'AwsRole', list: 'RolePolicyList' }, source);
  }
  const { allows, denies, attached, incomplete } = found;
  const services = servicesOf(allows);
  return { allows, denies, attached, incomplete, ...(services === undefined ? {} : { services }) };
}
