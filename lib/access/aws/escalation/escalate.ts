import type { AwsGroup, AwsRole } from '../../../inventory/aws.ts';
import { splitArn } from '../../../inventory/normalise/aws-arn.ts';
import type { AwsWorld } from '../aws-world.ts';
import { type AwsPrincipal, isUser } from '../principal-statements.ts';
import { anyResource, fittingResources, mayHave, type Right, rightSomewhere, rightTo, type Wish } from '../right.ts';
import { canAssumeRole } from '../role-chain.ts';
import { ESCALATION_ROWS, type EscalationRow, type Need } from './rows.ts';
import { isServiceLinked, missingProviders, type PassableRole, rolesTrusting, serviceNames } from './trusts.ts';

const PASS_ROLE = 'iam:PassRole';

/** One row that holds for one principal and one outcome. */
export interface EscalationStep {
  readonly row: EscalationRow;
  /** The principal that the row acts on, where it has one: with `admin`, the one that is made strong. */
  readonly target?: AwsPrincipal;
  readonly rights: readonly Right[];
  /** Empty: it surely works. */
  readonly dependsOn: readonly string[];
}

/** That a principal can become another or administrator of its account, by these rows, the best first. */
export interface Escalation {
  readonly to: 'admin' | AwsPrincipal;
  readonly sure: boolean;
  readonly steps: readonly [EscalationStep, ...EscalationStep[]];
}

/** A row with one target (or none) and what that hangs on already. */
interface Case {
  readonly row: EscalationRow;
  readonly target?: AwsPrincipal;
  readonly dependsOn: readonly string[];
}

/** Who asks, with the answers that several rows share: of a service's rows each asks for the same role to be passed. */
interface Asker {
  readonly world: AwsWorld;
  readonly principal: AwsPrincipal;
  readonly rightTo: (action: string, resource: string, row: EscalationRow) => Right | undefined;
}

function asker(world: AwsWorld, principal: AwsPrincipal): Asker {
  const known = new Map<string, Map<string, Right | undefined>>();
  return {
    world,
    principal,
    rightTo: (action, resource, row) => {
      // Of the condition keys that a row fixes, the service that a role is passed to alone differs from row to row.
      const about = action === PASS_ROLE ? (row.target?.trusts ?? action) : action;
      let answers = known.get(about);
      if (answers === undefined) {
        answers = new Map();
        known.set(about, answers);
      }
      let answer = answers.get(resource);
      if (answer === undefined && !answers.has(resource)) {
        answer = rightTo(world, principal, { action, resource, keys: keysOf(action, principal, row) });
        answers.set(resource, answer);
      }
      return answer;
    },
  };
}

const remembered = new WeakMap<AwsWorld, Map<AwsPrincipal, readonly Escalation[]>>();

/**
 * Whom a principal can become by the rights that it has, role chains aside. Every row is asked with the resources that it needs; a row
 * whose actions no Allow statement names costs one look each. Worked out once for each principal.
 */
export function escalationsFrom(world: AwsWorld, principal: AwsPrincipal): readonly Escalation[] {
  let known = remembered.get(world);
  if (known === undefined) {
    known = new Map();
    remembered.set(world, known);
  }
  let found = known.get(principal);
  if (found === undefined) {
    found = escalations(world, principal);
    known.set(principal, found);
  }
  return found;
}

function escalations(world: AwsWorld, principal: AwsPrincipal): Escalation[] {
  const byOutcome = new Map<'admin' | AwsPrincipal, EscalationStep[]>();
  const self = asker(world, principal);
  const own = isUser(principal) ? 'user' : 'role';
  const named = new Map<string, boolean>();
  const isNamed = (action: string): boolean => {
    const known = named.get(action) ?? mayHave(world, principal, action);
    named.set(action, known);
    return known;
  };
  for (const row of ESCALATION_ROWS) {
    if (row.by !== undefined && row.by !== own) continue;
    if (!row.needs.every(({ action }) => action === 'sts:AssumeRole' || isNamed(action))) continue;
    for (const step of stepsOf(self, row)) {
      const outcome = row.gives === 'admin' ? 'admin' : (step.target as AwsPrincipal);
      const steps = byOutcome.get(outcome);
      if (steps === undefined) byOutcome.set(outcome, [step]);
      else steps.push(step);
    }
  }
  return [...byOutcome].map(([to, steps]): Escalation => {
    const [first, ...rest] = [...steps].sort((one, other) => Number(one.dependsOn.length > 0) - Number(other.dependsOn.length > 0));
    return { to, sure: first?.dependsOn.length === 0, steps: [first as EscalationStep, ...rest] };
  });
}

/** Every target for which the row holds; of targets that only lead to administrator one sure one is enough. */
function* stepsOf(self: Asker, row: EscalationRow): Generator<EscalationStep> {
  const chosen = rightsOverNew(self, row);
  if (chosen === undefined) return;
  let doubtful: EscalationStep | undefined;
  for (const one of casesOf(self, row)) {
    const step = stepFor(self, one, chosen);
    if (step === undefined) continue;
    if (row.gives === 'target' || row.target === undefined || step.dependsOn.length === 0) yield step;
    else doubtful ??= step;
    if (row.gives === 'admin' && step.dependsOn.length === 0) return;
  }
  if (doubtful !== undefined) yield doubtful;
}

/** Rights to what the attacker chooses do not hang on the target, so they are asked first and once. Undefined: one is missing. */
function rightsOverNew({ world, principal }: Asker, row: EscalationRow): readonly Right[] | undefined {
  const needs = row.needs.filter(({ on }) => on === 'new');
  const [first] = needs;
  if (first === undefined) return [];
  const wishOf = ({ action }: Need): Wish => ({
    action,
    resource: anyResource(world, principal, action),
    keys: keysOf(action, principal, row),
  });
  if (first.action === 'iam:CreateRole') return rightsOverOne(world, principal, needs.map(wishOf));
  const rights = needs.map((one) => rightSomewhere(world, principal, wishOf(one)));
  return rights.every((right) => right !== undefined) ? rights : undefined;
}

/** All of the actions on one resource of the attacker's choice: the role that is made is the role that gets the policy. */
function rightsOverOne(world: AwsWorld, principal: AwsPrincipal, wishes: readonly Wish[]): readonly Right[] | undefined {
  const [first] = wishes as readonly [Wish, ...Wish[]];
  let best: readonly Right[] | undefined;
  for (const resource of fittingResources(world, principal, first)) {
    const rights = wishes.map((wish) => rightTo(world, principal, { ...wish, resource }));
    if (!rights.every((right) => right !== undefined)) continue;
    if (rights.every(({ sure }) => sure)) return rights;
    best ??= rights;
  }
  return best;
}

/** Targets that the row could be about, before any right over them is asked. */
function* casesOf({ world, principal }: Asker, row: EscalationRow): Generator<Case> {
  const boundary = principal.permissionsBoundary;
  const limited = row.target === undefined && row.needs.some(({ on }) => on !== 'new') && boundary !== undefined;
  const base = [
    ...(row.hangsOn === undefined ? [] : [row.hangsOn]),
    ...(limited ? [`what the permissions boundary ${boundary} leaves`] : []),
  ];
  if (row.target === undefined) {
    yield { row, dependsOn: base };
    return;
  }
  if (row.target.kind === 'user') {
    for (const target of world.usersByAccount.get(principal.account) ?? [])
      if (target !== principal) yield { row, target, dependsOn: base };
    return;
  }
  for (const { role, dependsOn } of targetRoles(world, principal.account, row.target)) {
    if (role === principal) continue;
    const profile = profileOf(world, role, row);
    if (profile !== undefined) yield { row, target: role, dependsOn: [...base, ...dependsOn, ...profile] };
  }
}

function targetRoles(
  world: AwsWorld,
  account: string,
  { trusts, provider }: NonNullable<EscalationRow['target']>,
): readonly PassableRole[] {
  if (trusts !== undefined) return rolesTrusting(world, account, trusts);
  const roles = (world.rolesByAccount.get(account) ?? []).filter((role) => !isServiceLinked(role));
  const fitting = provider === undefined ? roles : roles.filter((role) => missingProviders(world, role).length > 0);
  return fitting.map((role) => ({ role, dependsOn: [] }));
}

/** EC2 takes a role by its instance profile. Undefined: the role is in none, which was read. */
function profileOf(world: AwsWorld, role: AwsRole, { profile }: EscalationRow): readonly string[] | undefined {
  if (profile !== 'there' || world.rolesWithProfile.has(role.arn)) return [];
  if (world.accountsWithProfiles.has(role.account)) return undefined;
  return [`an instance profile with the role (instance profiles of account ${role.account} were not read)`];
}

function stepFor(self: Asker, one: Case, chosen: readonly Right[]): EscalationStep | undefined {
  const rights: Right[] = [];
  let next = 0;
  for (const need of one.row.needs) {
    const right = need.on === 'new' ? chosen[next++] : rightOver(self, need, one);
    if (right === undefined) return undefined;
    rights.push(right);
  }
  const dependsOn = [...new Set([...one.dependsOn, ...rights.flatMap((right) => (right.sure ? [] : right.dependsOn))])];
  return { row: one.row, ...(one.target === undefined ? {} : { target: one.target }), rights, dependsOn };
}

/** The right to one action on what the row says, or undefined. */
function rightOver(self: Asker, need: Need, { row, target }: Case): Right | undefined {
  if (need.action === 'sts:AssumeRole') return rightToAssume(self, target as AwsRole);
  let best: Right | undefined;
  for (const resource of resourcesOf(self, need, target)) {
    const right = self.rightTo(need.action, resource, row);
    if (right?.sure === true) return right;
    best ??= right;
  }
  return best;
}

function rightToAssume({ world, principal: from }: Asker, to: AwsRole): Right | undefined {
  const question = { from, to, actions: ['sts:AssumeRole'], context: new Map(), isAbsent: () => false };
  const { canAssume, dependsOn } = canAssumeRole(world.index, question);
  if (canAssume === false) return undefined;
  return { action: 'sts:AssumeRole', resource: to.arn, sure: canAssume === true, dependsOn };
}

/** The ARNs that an action has to be allowed on, any one of which will do. */
function resourcesOf({ world, principal }: Asker, { on }: Need, target: AwsPrincipal | undefined): readonly string[] {
  if (on === 'self') return [principal.arn];
  if (on === 'target') return target === undefined ? [] : [target.arn];
  if (on === 'provider') return target === undefined ? [] : missingProviders(world, target as AwsRole);
  if (on === 'own-policy') return customerPolicies(world, principal);
  if (on === 'target-policy') return target === undefined ? [] : customerPolicies(world, target);
  const own = new Set(isUser(principal) ? principal.groups : []);
  const groups = world.aws.groups.filter(({ account }) => account === principal.account);
  if (on === 'own-group') return groups.filter(({ name }) => own.has(name)).map(({ arn }) => arn);
  return groups.filter((group) => !own.has(group.name) && allowsEverything(world, group)).map(({ arn }) => arn);
}

/** AWS's own policies (account `aws`) cannot be changed. */
const customerPolicies = (world: AwsWorld, principal: AwsPrincipal): readonly string[] =>
  world.held(principal).attached.filter((arn) => splitArn(arn)?.account === principal.account);

function allowsEverything({ index }: AwsWorld, group: AwsGroup): boolean {
  const documents = [
    ...group.inlinePolicies.map(({ document }) => document),
    ...group.attachedPolicies.flatMap((arn) => index.managedPolicies.get(arn)?.document ?? []),
  ];
  return documents.some(({ statements }) =>
    statements.some(
      ({ effect, actions, resources, conditions }) =>
        effect === 'Allow' && actions?.includes('*') === true && resources?.includes('*') === true && conditions.length === 0,
    ),
  );
}

/** Condition keys that the row itself fixes: the service that the role is passed to, the policy that is attached. */
function keysOf(action: string, principal: AwsPrincipal, row: EscalationRow): ReadonlyMap<string, readonly string[]> {
  const service = row.target?.trusts;
  if (action === PASS_ROLE && service !== undefined) return new Map([['iam:passedtoservice', serviceNames(principal.arn, service)]]);
  if (!/^iam:Attach(?:Role|User|Group)Policy$/.test(action)) return new Map();
  const partition = splitArn(principal.arn)?.partition ?? 'aws';
  return new Map([['iam:policyarn', [`arn:${partition}:iam::aws:policy/AdministratorAccess`]]]);
}
