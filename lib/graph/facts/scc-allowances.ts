import { openingOf, type SccOpening } from '../../access/admission/security-context-constraints.ts';
import { splitServiceAccountUser } from '../../access/rbac/subject.ts';
import type { SecurityContextConstraints } from '../../inventory/admission.ts';
import { objectEvidence } from '../evidence/objects.ts';
import type { Evidence } from '../model.ts';
import { nodeId } from '../node-id.ts';
import type { Facts } from './facts.ts';
import { type AnyOf, covers, type Part } from './rights.ts';

export const USE_SCC: AnyOf = [{ verbs: ['use'], apiGroup: 'security.openshift.io', resource: 'securitycontextconstraints' }];

/** That somebody may use a constraint under which pods take their node. */
export interface SccAllowance {
  /** Number of the service account, user or group. */
  readonly node: number;
  /** Where: a namespace; empty: everywhere. */
  readonly scope: string;
  readonly opening: SccOpening;
  /** What RBAC gives it by; undefined: the constraint lists it. */
  readonly part?: Part;
  readonly evidence: readonly Evidence[];
}

interface Opening {
  readonly scc: SecurityContextConstraints;
  readonly opening: SccOpening;
}

/** Constraints that open the node, those that surely do first. */
function openings({ inventory }: Facts): readonly Opening[] {
  const found = inventory.kubernetes.securityContextConstraints.flatMap((scc): Opening[] => {
    const opening = openingOf(scc);
    return opening === undefined ? [] : [{ scc, opening }];
  });
  return found.sort((a, b) => Number(a.opening.hangsOn !== undefined) - Number(b.opening.hangsOn !== undefined));
}

const evidenceOf = ({ scc, opening }: Opening): Evidence =>
  objectEvidence('SecurityContextConstraints', scc, opening.pointer, 'lets pods have what takes their node');

/** Groups that every service account is in, and where those of one namespace are. */
const namespaceOfGroup = (group: string): string | undefined => {
  if (group === 'system:serviceaccounts' || group === 'system:authenticated') return '';
  return group.startsWith('system:serviceaccounts:') ? group.slice('system:serviceaccounts:'.length) : undefined;
};

/** Those whom a constraint lists itself, as users and groups. */
function* listed(facts: Facts, one: Opening): Generator<SccAllowance> {
  const { scc, opening } = one;
  const allow = (node: number, pointer: string): SccAllowance => ({
    node,
    scope: '',
    opening,
    evidence: [evidenceOf(one), objectEvidence('SecurityContextConstraints', scc, pointer, 'may use it: the constraint lists it')],
  });
  for (const [index, user] of scc.users.entries()) {
    const account = splitServiceAccountUser(user);
    const id = account === undefined ? nodeId('user', user) : nodeId('service-account', account.name, account.namespace);
    const node = facts.nodes.indexOf(id);
    if (node !== undefined) yield allow(node, `/users/${index}`);
  }
  for (const [index, group] of scc.groups.entries()) {
    // Groups that nobody binds are not in the graph; those of service accounts have members all the same.
    const node = namespaceOfGroup(group) === undefined ? facts.nodes.indexOf(nodeId('group', group)) : facts.nodes.intern('group', group);
    if (node !== undefined) yield allow(node, `/groups/${index}`);
  }
}

/** Everybody who may use such a constraint: by the verb `use`, checked in the namespace of the pod, or listed by the constraint. */
export function sccAllowances(facts: Facts): readonly SccAllowance[] {
  const open = openings(facts);
  const [best] = open;
  if (best === undefined) return [];
  const found: SccAllowance[] = open.flatMap((one) => [...listed(facts, one)]);
  const byName = new Map(open.map((one) => [one.scc.name, one]));
  facts.eachHolding(USE_SCC, ({ node }, { scope, name, by }) => {
    const one = name === undefined ? best : byName.get(name);
    if (one !== undefined) found.push({ node, scope, opening: one.opening, part: { rights: USE_SCC, by }, evidence: [evidenceOf(one)] });
  });
  return found.sort((a, b) => Number(a.opening.hangsOn !== undefined) - Number(b.opening.hangsOn !== undefined));
}

/**
 * In which namespaces some service account may use one, as whoever makes a pod there names that account: the first for each namespace, and
 * under the empty name one that holds in all of them.
 */
export function sccByNamespace(facts: Facts, allowances: readonly SccAllowance[]): ReadonlyMap<string, SccAllowance> {
  const found = new Map<string, SccAllowance>();
  for (const allowance of allowances) {
    const { node, scope } = allowance;
    const kind = facts.nodes.kinds[node];
    const home =
      kind === 'service-account'
        ? facts.nodes.namespaces[node]
        : kind === 'group'
          ? namespaceOfGroup(facts.nodes.names[node] as string)
          : undefined;
    if (home === undefined || facts.isAbsentAccount(node)) continue;
    // Of a group of all accounts the scope says where; of others it has to reach home.
    const where = home === '' ? scope : covers({ scope, by: [] }, home) ? home : undefined;
    if (where !== undefined && !found.has(where)) found.set(where, allowance);
  }
  return found;
}
