import type { AwsRole, AwsUser } from '../../inventory/aws.ts';
import type { AwsIndex } from './aws-index.ts';
import { ANYTHING } from './pattern-cover.ts';
import type { PlacedStatement } from './permissions.ts';
import type { PlacedPolicy, PolicySet } from './policy-set.ts';
import { principalPolicies } from './principal-policies.ts';
import { requestContext } from './request-context.ts';
import { serviceControlLevels } from './service-control.ts';
import { type CompiledStatement, statementPointer } from './statement.ts';
import { type Cell, conditionsOf, leftOf, type Narrowing } from './statement-reach.ts';

/** Whether a principal is administrator of its account, by which statements, and what could still limit it. */
export interface AdministratorAnswer {
  readonly answer: 'yes' | 'no' | 'conditional';
  readonly statements: readonly PlacedStatement[];
  readonly dependsOn: readonly string[];
}

const NO: AdministratorAnswer = { answer: 'no', statements: [], dependsOn: [] };

/**
 * Administrator is who is allowed every action on every resource: decided by what the statements say, never by a policy's name. Within a
 * permissions boundary only who is allowed everything by the boundary too. A condition, a Deny of its own, or a boundary that was not read
 * makes it conditional; `no` where a policy was not read would be a guess, so that is conditional too. Service control policies bind everybody
 * in the account: who may do all that they leave is still its administrator, unless they deny this principal everything.
 */
export function isAdministrator(index: AwsIndex, principal: AwsRole | AwsUser): AdministratorAnswer {
  const { identity, boundary } = principalPolicies(index, principal);
  const context = requestContext(index, { principal, action: '*', resource: '*', owner: principal.account });
  const everything: Cell = { action: ANYTHING, notActions: [], resource: ANYTHING, notResources: [], text: '*', open: [], context };
  const found = everythingOf(identity).filter(({ compiled }) => conditionsOf(compiled, context) !== false);
  if (found.length === 0)
    return identity.unread.length === 0 && readable(identity) ? NO : { ...NO, answer: 'conditional', dependsOn: unreadOf(identity) };
  if (boundary !== undefined && boundary.unread.length === 0 && readable(boundary) && everythingOf(boundary).length === 0) return NO;
  const narrowing = boundary === undefined ? [] : [{ set: boundary, name: `permissions boundary ${principal.permissionsBoundary}` }];
  const own = leftOf(everything, {
    denying: [{ ...identity, unread: [] }, ...narrowing.map(({ set }) => ({ ...set, unread: [] }))],
    narrowing,
  });
  if (own.left === 'none') return NO;
  const organization = organizationLeaves(everything, serviceControlLevels(index, principal));
  if (organization === undefined) return NO;
  const free = found.filter(({ compiled }) => compiled.source.conditions.length === 0);
  const conditions =
    free.length > 0 ? [] : found.flatMap(({ compiled }) => compiled.source.conditions.map(({ key }) => `condition on ${key}`));
  const limits = [...own.by, ...conditions, ...unreadOf(identity).map((name) => `unread ${name}`), ...organization];
  const statements = (free.length > 0 ? free : found).map(placedStatement);
  return { answer: limits.length === 0 ? 'yes' : 'conditional', statements, dependsOn: [...new Set(limits)].sort() };
}

interface Placed {
  readonly policy: PlacedPolicy;
  readonly compiled: CompiledStatement;
}

/** What of the organisation was not read; undefined where it leaves the principal nothing. */
function organizationLeaves(everything: Cell, levels: readonly PolicySet[]): readonly string[] | undefined {
  const narrowing: Narrowing['narrowing'] = levels.map((set) => ({ set, name: '' }));
  if (leftOf(everything, { denying: levels, narrowing }).left === 'none') return undefined;
  return levels.flatMap(unreadOf);
}

const readable = (set: PolicySet): boolean => set.policies.every(({ compiled }) => compiled.unreadable === undefined);

const unreadOf = (set: PolicySet): readonly string[] => [
  ...set.unread,
  ...set.policies.filter(({ compiled }) => compiled.unreadable !== undefined).map(({ policy }) => `the policy ${policy}`),
];

function everythingOf({ policies }: PolicySet): Placed[] {
  return policies.flatMap((policy) => policy.compiled.statements.filter(allowsEverything).map((compiled) => ({ policy, compiled })));
}

function allowsEverything({ source }: CompiledStatement): boolean {
  if (source.effect !== 'Allow') return false;
  const everyAction = source.actions?.some((action) => /^\*+(?::\*+)?$/.test(action)) ?? source.notActions?.length === 0;
  const everyResource = source.resources?.some((resource) => /^\*+$/.test(resource)) ?? source.notResources?.length === 0;
  return everyAction === true && everyResource === true;
}

function placedStatement({ policy, compiled }: Placed): PlacedStatement {
  const { source } = compiled;
  return {
    kind: policy.kind === 'inline' ? 'inline' : 'managed',
    policy: policy.policy,
    pointer: `${policy.pointer}${statementPointer(source)}`,
    statement: source,
  };
}
