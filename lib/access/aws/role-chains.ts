import type { AwsRole } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { matchesPattern, type Pattern, patternOf, wildcardParts } from '../pattern.ts';
import type { AwsWorld } from './aws-world.ts';
import type { AwsPrincipal } from './principal-statements.ts';
import { canAssumeRole, type RoleChainAnswer } from './role-chain.ts';
import { actionApplies, type CompiledStatement } from './statement.ts';

const ASSUME = 'sts:AssumeRole';

/** A role that a principal may assume. */
export interface RoleChain {
  readonly to: AwsRole;
  readonly answer: RoleChainAnswer;
}

/** Roles by whom their trust policies name, so that no pair is asked that cannot work. */
interface TrustIndex {
  /** By the ARN of a role or user that is named. */
  readonly byPrincipal: ReadonlyMap<string, readonly AwsRole[]>;
  /** By account id: its root or number is named, so the caller's own policies decide. */
  readonly byAccount: ReadonlyMap<string, readonly AwsRole[]>;
  /** Everybody is named, or all but some. */
  readonly byAll: readonly AwsRole[];
}

const remembered = new WeakMap<AwsWorld, TrustIndex>();

function add<K>(map: Map<K, AwsRole[]>, key: K, role: AwsRole): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [role]);
  else if (list.at(-1) !== role) list.push(role);
}

/** Whom one trust statement could let in: principals' ARNs, accounts, or everybody. A session's ARN stands for its role. */
function* namedBy({ source }: CompiledStatement): Generator<{ arn: string } | { account: string } | 'all'> {
  if (source.principals === undefined) {
    yield 'all';
    return;
  }
  for (const { type, value } of source.principals) {
    if (type === '*' || (type === 'AWS' && value === '*')) yield 'all';
    if (type !== 'AWS') continue;
    const arn = splitArn(value);
    if (arn === undefined) yield { account: value };
    else if (arn.service === 'iam' && arn.resource === 'root') yield { account: arn.account };
    else if (arn.service === 'sts') yield { account: arn.account };
    else yield { arn: value };
  }
}

function trustIndex(world: AwsWorld): TrustIndex {
  let index = remembered.get(world);
  if (index === undefined) {
    index = makeIndex(world);
    remembered.set(world, index);
  }
  return index;
}

/** The Allow statements of a trust policy for sts:AssumeRole; none of a policy that could not be read. */
function lettingIn({ index }: AwsWorld, role: AwsRole): readonly CompiledStatement[] {
  const trust = index.trust.get(role.arn);
  if (trust === undefined || trust.unreadable !== undefined) return [];
  return trust.statements.filter((statement) => statement.source.effect === 'Allow' && actionApplies(statement, ASSUME));
}

function makeIndex(world: AwsWorld): TrustIndex {
  const byPrincipal = new Map<string, AwsRole[]>();
  const byAccount = new Map<string, AwsRole[]>();
  const byAll: AwsRole[] = [];
  for (const role of world.aws.roles) {
    for (const named of lettingIn(world, role).flatMap((statement) => [...namedBy(statement)])) {
      if (named === 'all') byAll.push(role);
      else if ('arn' in named) add(byPrincipal, named.arn, role);
      else add(byAccount, named.account, role);
    }
  }
  return { byPrincipal, byAccount, byAll };
}

/**
 * Whether the principal's own statements speak of assuming this role at all, by action and resource alone. Texts with variables may: their
 * values are only known at the request.
 */
function speaksOf(world: AwsWorld, principal: AwsPrincipal): (role: AwsRole) => boolean {
  const { allows, incomplete } = world.held(principal);
  const exact = new Set<string>();
  const patterns: Pattern[] = [];
  let any = incomplete;
  for (const { compiled, statement } of allows) {
    if (!actionApplies(compiled, ASSUME)) continue;
    for (const resource of statement.resources ?? ['*']) {
      if (resource === '*' || resource.includes('$')) any = true;
      else if (/[*?]/.test(resource)) patterns.push(patternOf(wildcardParts(resource)));
      else exact.add(resource);
    }
  }
  return ({ arn }) => any || exact.has(arn) || patterns.some((pattern) => matchesPattern(pattern, arn));
}

/**
 * Roles that a principal may assume with its own keys, in its account and in others; both sides are evaluated. Roles that only services
 * and federated users may assume are none. Asks only those roles that name it, its account or everybody; where the account is named,
 * only those that its own policies speak of.
 */
export function roleChains(world: AwsWorld, principal: AwsPrincipal): readonly RoleChain[] {
  const { byPrincipal, byAccount, byAll } = trustIndex(world);
  const speaks = speaksOf(world, principal);
  const ofAccount = (byAccount.get(principal.account) ?? []).filter(speaks);
  const candidates = new Set([...(byPrincipal.get(principal.arn) ?? []), ...ofAccount, ...byAll]);
  return [...candidates].flatMap((to) => roleChain(world, principal, to) ?? []);
}

/** The same of one role alone; undefined: the principal may not assume it. */
export function roleChain(world: AwsWorld, principal: AwsPrincipal, to: AwsRole): RoleChain | undefined {
  if (to.arn === principal.arn) return undefined;
  const question = { from: principal, to, actions: [ASSUME], context: new Map(), isAbsent: () => false };
  const answer = canAssumeRole(world.index, question);
  return answer.canAssume === false ? undefined : { to, answer };
}
