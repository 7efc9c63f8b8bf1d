import type { Grant } from '../../access/rbac/bindings.ts';
import type { GrantedRule } from '../../access/rbac/review.ts';
import { splitServiceAccountUser } from '../../access/rbac/subject.ts';
import { bindingEvidence, ruleEvidence, subjectName, subjectOperations } from '../../graph/evidence/grant.ts';
import { type AnyOf, type Holding, holdings } from '../../graph/facts/rights.ts';
import type { Evidence } from '../../graph/model.ts';
import { nodeId } from '../../graph/node-id.ts';
import type { FindingRow, RowFix, Subject } from '../findings/finding.ts';
import type { Severity } from '../summary.ts';
import { isCoveredByAdmin } from './covered.ts';
import { type FixStep, firstOf, fixBy, jsonStep, MOST_STEPS } from './fix-steps.ts';
import { rbacTarget } from './patches.ts';
import { milder, reaches } from './severity.ts';
import { isStockGrant } from './stock-rbac.ts';
import { counted, reachWords, some } from './words.ts';
import type { FindingWorld, LiveWorkload } from './world.ts';

/** Groups and users that stand for everybody, whom a finding of its own is about. */
export const EVERYBODY: ReadonlySet<string> = new Set([
  'group:system:authenticated',
  'group:system:unauthenticated',
  'group:system:serviceaccounts',
  'user:system:anonymous',
]);

/** The group that the API server asks nothing. */
const MASTERS = 'group:system:masters';

/** Somebody who holds a right through a binding that the API server did not make itself. */
export interface Holder {
  readonly key: string;
  readonly holding: Holding;
  /** Rules of bindings that are not the API server's own. */
  readonly by: readonly [GrantedRule, ...GrantedRule[]];
}

/** Everybody whose own bindings give any of the rights, scope by scope; what only the API server's own bindings give is left out. */
export function* holders(world: FindingWorld, rights: AnyOf): Generator<Holder> {
  for (const [key, grants] of world.rbac.bySubject) {
    if (EVERYBODY.has(key) || key === MASTERS) continue;
    for (const holding of holdings(grants, rights)) {
      const [first, ...rest] = holding.by.filter(({ grant }) => !isStockGrant(grant));
      if (first !== undefined) yield { key, holding, by: [first, ...rest] };
    }
  }
}

/** Those who hold it in the whole cluster, on any name. */
export function* clusterWideHolders(world: FindingWorld, rights: AnyOf): Generator<Holder> {
  for (const holder of holders(world, rights)) if (holder.holding.scope === '' && holder.holding.name === undefined) yield holder;
}

/** The subject behind a key of the index, as Kubernetes names it. */
export function subjectOf({ graph }: FindingWorld, key: string): Subject {
  const isUser = key.startsWith('user:');
  const name = key.slice(isUser ? 'user:'.length : 'group:'.length);
  const account = isUser ? splitServiceAccountUser(name) : undefined;
  const node = graph.nodes.indexOf(
    account === undefined ? nodeId(isUser ? 'user' : 'group', name) : nodeId('service-account', account.name, account.namespace),
  );
  return {
    ...(account === undefined
      ? { kind: isUser ? 'User' : 'Group', name }
      : { kind: 'ServiceAccount', namespace: account.namespace, name: account.name }),
    ...(node === undefined ? {} : { node }),
  };
}

const ACCOUNTS_OF = 'system:serviceaccounts:';

/** Workloads that run as a service account, or as any of a namespace where the subject is the group of its accounts; none for others. */
export function workloadsOf(world: FindingWorld, { kind, namespace = '', name }: Subject): readonly LiveWorkload[] {
  if (kind === 'ServiceAccount') return world.workloadsOf(namespace, name);
  if (kind !== 'Group' || !name.startsWith(ACCOUNTS_OF)) return [];
  return world.workloadsIn(name.slice(ACCOUNTS_OF.length));
}

/** How many live pods run as a subject. */
export const podsOf = (world: FindingWorld, subject: Subject): number =>
  workloadsOf(world, subject).reduce((sum, { pods }) => sum + pods.length, 0);

/** Whether a pod runs as a subject, or may, where pods were not all read. */
export const mayBeUsed = (world: FindingWorld, subject: Subject): boolean =>
  podsOf(world, subject) > 0 ||
  (!world.knowsPods && (subject.kind === 'ServiceAccount' || (subject.kind === 'Group' && subject.name.startsWith(ACCOUNTS_OF))));

/** Who runs as a subject, in words. */
export function usersOf(world: FindingWorld, subject: Subject): string {
  const workloads = workloadsOf(world, subject);
  const { kind, name } = subject;
  if (workloads.length > 0) {
    const count = workloads.reduce((sum, { pods }) => sum + pods.length, 0);
    return `${counted(count, 'pod runs', 'pods run')} as it (${some(workloads.map((one) => `${one.kind} ${one.name}`))})`;
  }
  if (kind === 'ServiceAccount' || name.startsWith(ACCOUNTS_OF))
    return world.knowsPods ? 'no pod runs as it' : 'which pods run as it was not read';
  return `who is ${kind === 'Group' ? 'in the group' : 'the user'} is decided outside of the cluster`;
}

/** The grants of somebody by their binding: one that names him twice, or by his user name as well, is one place to mend. */
export function* byBinding(grants: Iterable<Grant>): Generator<readonly [Grant, ...Grant[]]> {
  for (const [first, ...rest] of Map.groupBy(grants, ({ binding }) => binding).values()) if (first !== undefined) yield [first, ...rest];
}

/** Takes a subject out of one binding, in all places that name it. */
function unbinding([first, ...more]: readonly [Grant, ...Grant[]]): FixStep {
  // Of two places the later one goes first, so that the other stays where it is.
  const grants = [first, ...more].toSorted((one, other) => other.subjectIndex - one.subjectIndex);
  return jsonStep(rbacTarget(first.binding), grants.flatMap(subjectOperations));
}

/** Takes the subject out of every binding that gives it. */
export const unbindSteps = (grants: Iterable<Grant>): readonly FixStep[] =>
  [...byBinding(new Set(grants))].slice(0, MOST_STEPS).map(unbinding);

/** ` (the first 10 of 44 below)` where `unbindSteps` leaves some out. */
export const firstOfBindings = (grants: Iterable<Grant>): string => firstOf(new Set(Array.from(grants, ({ binding }) => binding)).size);

/** Takes the subject out of every binding that gives it, as a command and as a patch for each binding. */
export function unbindFix(...by: readonly [Grant, ...Grant[]]): RowFix {
  const [{ subject, scope }] = by;
  const names = [...byBinding(new Set(by))].map(([{ binding }]) => `${binding.kind} ${binding.name}`);
  const all = names.length === 1 ? ',' : `, which all give it${firstOf(names.length)},`;
  return fixBy(
    `take ${subject.kind} ${subjectName(subject, scope)} out of ${some(names, MOST_STEPS)}${all} and bind a role with what is needed`,
    unbindSteps(by),
  );
}

/** The binding and the rule of everything that gives a right, each object's place once. */
export function grantEvidence(by: readonly [GrantedRule, ...GrantedRule[]]): readonly [Evidence, ...Evidence[]] {
  const all = by.flatMap((one) => [bindingEvidence(one.grant), ruleEvidence(one)]);
  const unique = [...new Map(all.map((one) => [`${one.kind}\n${one.namespace ?? ''}\n${one.name}\n${one.pointer}`, one])).values()];
  return unique as unknown as readonly [Evidence, ...Evidence[]];
}

interface Says {
  /** `it can read every secret`. */
  readonly says: string;
  readonly severity: Severity;
  /** Whether the right by itself is worth cluster admin: then it is critical where cluster admin is surely reached. */
  readonly leadsToAdmin?: boolean;
  readonly part?: string;
}

/**
 * A row about somebody who holds a right; one step milder where no pod runs as it.
 */
export function holderRow(world: FindingWorld, { key, by }: Holder, { says, severity, part, leadsToAdmin = false }: Says): FindingRow {
  const subject = subjectOf(world, key);
  const summary = subject.node === undefined ? undefined : world.reachOf(subject.node);
  const isUsed = mayBeUsed(world, subject);
  const top = leadsToAdmin && summary !== undefined && reaches(summary, 'cluster-admin') === 'certain';
  return {
    subject,
    ...(part === undefined ? {} : { part }),
    severity: isUsed ? (top ? 'critical' : severity) : milder(severity),
    whyHere: `${says}; ${usersOf(world, subject)}${summary === undefined ? '' : `; whoever acts as it reaches ${reachWords(summary)}`}`,
    evidence: grantEvidence(by),
    fix: unbindFix(by[0].grant, ...by.slice(1).map(({ grant }) => grant)),
  };
}

/** Rows about those who hold a right and are not cluster admin anyway; `says` is undefined where a holder is none of them. */
export function* holderRows(
  world: FindingWorld,
  found: Iterable<Holder>,
  says: (holding: Holding) => Says | undefined,
): Generator<FindingRow> {
  for (const holder of found) {
    const what = isCoveredByAdmin(world, holder.key) ? undefined : says(holder.holding);
    if (what !== undefined) yield holderRow(world, holder, what);
  }
}
