import type { AwsRole, AwsUser } from '../../inventory/aws.ts';
import { type Pattern, patternOf, wildcardParts } from '../pattern.ts';
import type { AwsIndex } from './aws-index.ts';
import { conditionHolds } from './condition.ts';
import type { RequestContext } from './context.ts';
import { ANYTHING, patternCovers, patternsMayMeet } from './pattern-cover.ts';
import type { PlacedPolicy, PolicySet } from './policy-set.ts';
import { loosePattern, type PolicyText, patternFor, unknownVariables } from './policy-text.ts';
import { principalPolicies } from './principal-policies.ts';
import { requestContext } from './request-context.ts';
import { serviceControlLevels } from './service-control.ts';
import type { CompiledStatement } from './statement.ts';
import { allOf, type Truth } from './truth.ts';

/** A part of what a statement is about: one pattern of actions (lower case) on one of resources, each less what is left out. */
export interface Cell {
  readonly action: Pattern;
  readonly notActions: readonly Pattern[];
  readonly resource: Pattern;
  readonly notResources: readonly Pattern[];
  /** The resource as the policy writes it. */
  readonly text: string;
  /** Variables of the resource whose values are not known. */
  readonly open: readonly string[];
  /** What is known of requests of the cell. */
  readonly context: RequestContext;
}

/** What is left of a cell: `whole`, `none`, or `part`, which is also the answer where it hangs on something unknown. */
export type Left = 'whole' | 'part' | 'none';

/** What limits an Allow, and what takes it away altogether. Names are those of policies, for people. */
export interface Limit {
  readonly left: Left;
  readonly by: readonly string[];
}

/** The policies that may take away what an Allow gives: every set of the principal has a say by its Deny, the narrowing ones by their Allow. */
export interface Narrowing {
  readonly denying: readonly PolicySet[];
  readonly narrowing: readonly { readonly set: PolicySet; readonly name: string }[];
}

/** What stands beside and above a principal's own Allow statements. */
export function narrowingOf(index: AwsIndex, principal: AwsRole | AwsUser): Narrowing {
  const { identity, boundary } = principalPolicies(index, principal);
  const levels = serviceControlLevels(index, principal);
  const narrowing = [
    ...(boundary === undefined ? [] : [{ set: boundary, name: `permissions boundary ${principal.permissionsBoundary}` }]),
    ...levels.map((set) => ({ set, name: [...set.policies.map(({ label }) => label), ...set.unread].join(' and ') })),
  ];
  return { denying: [identity, ...narrowing.map(({ set }) => set)], narrowing };
}

/** The cells of a statement; one for each pair of an action and a resource, as the policy lists them. */
export function cellsOf(index: AwsIndex, principal: AwsRole | AwsUser, statement: CompiledStatement): Cell[] {
  const { source } = statement;
  const cells: Cell[] = [];
  const notActions = statement.notActions ?? [];
  for (const [at, action] of (statement.actions ?? [ANYTHING]).entries()) {
    const name = source.actions?.[at] ?? '*';
    for (const [place, text] of (source.resources ?? ['*']).entries()) {
      const context = requestContext(index, { principal, action: name, resource: text, owner: principal.account });
      const compiled = statement.resources?.[place];
      const resource = compiled === undefined ? ANYTHING : loosePattern(compiled, context);
      const notResources = (statement.notResources ?? []).flatMap((one) => known(one, context));
      const absent = compiled !== undefined && patternFor(compiled, context) === 'absent';
      if (absent || isEmpty(action, notActions) || isEmpty(resource, notResources)) continue;
      const open = compiled === undefined ? [] : unknownVariables(compiled, context);
      cells.push({ action, notActions, resource, notResources, text, open, context });
    }
  }
  return cells;
}

/** Whether nothing is left of a pattern: `NotResource` of everything is about nothing. */
const isEmpty = (pattern: Pattern, not: readonly Pattern[]): boolean => not.some((one) => patternCovers(one, pattern));

/** What the policies beside and above leave of a cell. */
export function leftOf(cell: Cell, { denying, narrowing }: Narrowing): Limit {
  const limits: string[] = [...cell.open];
  for (const { set, name } of narrowing) {
    const left = allowedOf(cell, set);
    if (left === 'none') return { left: 'none', by: [name] };
    if (left === 'part') limits.push(name);
  }
  for (const set of denying) {
    limits.push(...set.unread);
    for (const policy of set.policies) {
      const denied = deniedOf(cell, policy);
      if (denied.left === 'whole') return { left: 'none', by: denied.by };
      limits.push(...denied.by);
    }
  }
  return { left: limits.length === 0 ? 'whole' : 'part', by: limits };
}

/** What of a cell a policy denies, by its Deny statements. */
function deniedOf(cell: Cell, { policy, compiled }: PlacedPolicy): Limit {
  const by: string[] = compiled.unreadable === undefined ? [] : [`unreadable policy ${policy}`];
  for (const statement of compiled.statements) {
    if (statement.source.effect === 'Allow') continue;
    const denied = overlap(cell, statement);
    if (denied === 'none') continue;
    const name = `Deny ${statement.source.sid ?? `statement ${statement.source.index}`} of ${policy}`;
    if (denied === 'whole') return { left: 'whole', by: [name] };
    by.push(name);
  }
  return { left: by.length === 0 ? 'none' : 'part', by };
}

/** What a set that narrows lets through. Several statements may cover a cell between them; that counts as a part. */
function allowedOf(cell: Cell, set: PolicySet): Left {
  let left: Left = set.unread.length > 0 || set.policies.some(({ compiled }) => compiled.unreadable !== undefined) ? 'part' : 'none';
  for (const statement of set.policies.flatMap((policy: PlacedPolicy) => policy.compiled.statements)) {
    if (statement.source.effect === 'Deny') continue;
    const covered = overlap(cell, statement);
    if (covered === 'whole') return 'whole';
    if (covered === 'part') left = 'part';
  }
  return left;
}

/** How much of a cell a statement is about, its conditions included. */
function overlap(cell: Cell, statement: CompiledStatement): Left {
  const actions = overlapOf({ pattern: cell.action, not: cell.notActions }, statement.actions, statement.notActions);
  if (actions === 'none') return 'none';
  const read = (texts: readonly PolicyText[] | undefined) => texts?.map((text) => loosePattern(text, cell.context));
  const resources = overlapOf({ pattern: cell.resource, not: cell.notResources }, read(statement.resources), read(statement.notResources));
  if (resources === 'none') return 'none';
  const holds = conditionsOf(statement, cell.context);
  if (holds === false) return 'none';
  const exact = [...(statement.resources ?? []), ...(statement.notResources ?? [])].every(
    (text) => typeof patternFor(text, cell.context) !== 'string',
  );
  return actions === 'whole' && resources === 'whole' && holds === true && exact ? 'whole' : 'part';
}

function overlapOf(
  { pattern, not }: { readonly pattern: Pattern; readonly not: readonly Pattern[] },
  included: readonly Pattern[] | undefined,
  excluded: readonly Pattern[] | undefined,
): Left {
  if (included !== undefined) {
    if (included.some((one) => patternCovers(one, pattern))) return 'whole';
    return included.some((one) => patternsMayMeet(one, pattern) && !not.some((left) => patternCovers(left, one))) ? 'part' : 'none';
  }
  if (excluded === undefined) return 'whole';
  if (excluded.some((one) => patternCovers(one, pattern))) return 'none';
  return excluded.some((one) => patternsMayMeet(one, pattern) && !not.some((left) => patternCovers(left, one))) ? 'part' : 'whole';
}

/** Whether the statement's conditions hold for requests of the context. */
export const conditionsOf = ({ conditions }: CompiledStatement, context: RequestContext): Truth =>
  allOf(conditions, (condition) => conditionHolds(condition, context));

/** A pattern for what a statement leaves out; only where it is known, else too much would be left out. */
function known(text: PolicyText, context: RequestContext): Pattern[] {
  const pattern = patternFor(text, context);
  return typeof pattern === 'string' ? [] : [pattern];
}

/** The pattern of actions that stands in a policy or a question. */
export const actionPattern = (text: string): Pattern => patternOf(wildcardParts(text.toLowerCase()));

/** Words for a statement's own conditions, as far as they are not known to hold. */
function openConditions(statement: CompiledStatement, context: RequestContext): string[] {
  return statement.conditions
    .filter((condition) => conditionHolds(condition, context) !== true)
    .map(({ source: { operator, key, values } }) => `${operator} ${key} ${values.join(', ')}`);
}

/** What is left of a whole Allow statement of a principal, its own conditions and everything beside and above it counted in. */
export function statementReach(index: AwsIndex, principal: AwsRole | AwsUser, statement: CompiledStatement): Limit {
  const narrowing = narrowingOf(index, principal);
  const by = new Set<string>();
  let whole = true;
  let some = false;
  for (const cell of cellsOf(index, principal, statement)) {
    const holds = conditionsOf(statement, cell.context);
    const limit: Limit = holds === false ? { left: 'none', by: openConditions(statement, cell.context) } : leftOf(cell, narrowing);
    if (limit.left !== 'none') some = true;
    if (limit.left !== 'whole') whole = false;
    for (const name of limit.by) by.add(name);
    if (holds !== 'unknown') continue;
    whole = false;
    for (const name of openConditions(statement, cell.context)) by.add(name);
  }
  return { left: !some ? 'none' : whole ? 'whole' : 'part', by: [...by] };
}
