import { allOf, type Closing } from '../closing.ts';
import { bindingEvidence } from '../evidence/grant.ts';
import { closingOfGrant, fixOfGrants } from '../evidence/grant-closing.ts';
import { proven } from '../evidence/proven.ts';
import { type Composed, eachComposed, type Need } from '../facts/composed.ts';
import type { Facts } from '../facts/facts.ts';
import type { AnyOf } from '../facts/rights.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import { CREATE_WORKLOAD } from '../facts/workload-rights.ts';
import type { Evidence, Explanation, NodeId } from '../model.ts';
import { EVERYWHERE } from '../node-id.ts';
import { defineTechnique, type Emit } from './technique.ts';

const ACCOUNTS = { apiGroup: '', resource: 'serviceaccounts' } as const;
const TOKEN_OR_POD: AnyOf = [{ ...ACCOUNTS, subresource: 'token', verbs: ['create'] }, ...CREATE_WORKLOAD];

const CLAIMS: readonly (readonly Need[])[] = [
  [{ rights: [{ ...ACCOUNTS, verbs: ['create'] }] }, { rights: TOKEN_OR_POD, names: 'chosen' }],
  // Server-side apply creates under the name in its path, so that a named `create` counts.
  [
    { rights: [{ ...ACCOUNTS, verbs: ['create'], named: true }], names: 'chosen' },
    { rights: [{ ...ACCOUNTS, verbs: ['patch'] }], names: 'chosen' },
    { rights: TOKEN_OR_POD, names: 'chosen' },
  ],
];

/** The detail of the edges from everything that can be claimed to each account. */
const MEMBER = -1;
const NO_NAMESPACE = 'the namespace being made as well: it is not among those that were read';

/** Accounts that a binding gives a role and that are not there, by namespace. */
function danglingAccounts({ subjects, nodes, isAbsentAccount }: Facts): ReadonlyMap<string, readonly SubjectFacts[]> {
  const dangling = subjects.all.filter(({ node, own }) => own.some(({ role }) => role !== undefined) && isAbsentAccount(node));
  return Map.groupBy(dangling, ({ node }) => nodes.namespaces[node] as string);
}

/** The node that stands for all accounts of a namespace (`*`: of every one) that can be claimed. */
function claimable({ nodes }: Facts, namespace: string): number {
  const where = namespace === EVERYWHERE ? 'claimed' : `${namespace}/claimed`;
  return nodes.internAs(`all-service-accounts:${where}` as NodeId, {
    kind: 'all-service-accounts',
    name: 'service accounts that bindings wait for',
    namespace: namespace === EVERYWHERE ? '' : namespace,
  });
}

const isWide = (scope: string): boolean => scope === '' || scope === EVERYWHERE;

/** What a claim leads to: the accounts of one name, or everything that can be claimed in the scope. */
function* claimed(facts: Facts, dangling: ReadonlyMap<string, readonly SubjectFacts[]>, { scope, name }: Composed): Generator<number> {
  if (name === undefined) {
    if (isWide(scope) ? dangling.size > 0 : dangling.has(scope)) yield claimable(facts, isWide(scope) ? EVERYWHERE : scope);
    return;
  }
  for (const namespace of isWide(scope) ? dangling.keys() : [scope]) {
    const node = (dangling.get(namespace) ?? []).find((subject) => facts.nodes.names[subject.node] === name)?.node;
    if (node !== undefined) yield node;
  }
}

/** From what stands for many to each account, where anything leads there. */
function emitMembers(facts: Facts, dangling: ReadonlyMap<string, readonly SubjectFacts[]>, emit: Emit): void {
  const everywhere = facts.nodes.indexOf('all-service-accounts:claimed');
  for (const [namespace, subjects] of dangling) {
    const here = facts.nodes.indexOf(`all-service-accounts:${namespace}/claimed`);
    const there = facts.namespaces.size === 0 || facts.namespaces.has(namespace);
    for (const from of [everywhere, here])
      for (const { node } of subjects) if (from !== undefined) emit(from, node, MEMBER, there ? 'certain' : 'conditional');
  }
}

const grantsOf = (facts: Facts, node: number) => facts.subjects.byNode.get(node)?.own ?? [];

function closingOfMember(facts: Facts, node: number): Closing {
  return allOf(grantsOf(facts, node).map(closingOfGrant));
}

function explainMember(facts: Facts, node: number, conditional: boolean): Explanation {
  const grants = grantsOf(facts, node);
  const evidence = grants.map(bindingEvidence) as [Evidence, ...Evidence[]];
  const closing = closingOfMember(facts, node);
  const change =
    'change' in closing
      ? closing.change
      : 'any' in closing
        ? closing.any.flatMap((one) => ('change' in one ? [one.change] : []))[0]
        : undefined;
  const fix = change === undefined ? undefined : fixOfGrants(grants, change);
  return {
    evidence,
    ...(conditional ? { hangsOn: NO_NAMESPACE } : {}),
    fix: fix ?? { says: `take the service account, which is not there, out of all ${grants.length} bindings` },
  };
}

export const danglingSubjectClaim = defineTechnique({
  id: 'dangling-subject-claim',
  title: 'Claims a service account that a binding waits for',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant', 'all-service-accounts'],
  to: ['all-service-accounts', 'service-account'],
  action: 'Creates the service account that a binding names and that is not there, gets a token of it, and has what the binding gives.',
  precondition:
    'A binding names a service account that does not exist; `create` on `serviceaccounts` in its namespace, and `create` on `serviceaccounts/token` (unnamed or naming it) or on pods or another workload there.',
  remediation: 'Take service accounts that are gone out of their bindings.',
  coverage: {
    level: 'partial',
    misses: 'users and groups that nobody is any more; namespaces that would have to be made first are told as a condition',
  },
  attck: ['T1098.006'],
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request',
  ],
  find(facts, emit) {
    const dangling = danglingAccounts(facts);
    if (dangling.size === 0) return;
    const names = new Set([...dangling.values()].flatMap((subjects) => subjects.map(({ node }) => facts.nodes.names[node] as string)));
    for (const needs of CLAIMS) {
      eachComposed(
        facts,
        needs,
        ({ node }, composed) => {
          let detail: number | undefined;
          for (const target of claimed(facts, dangling, composed)) {
            if (target === node) continue;
            detail ??= facts.keep({ parts: composed.parts });
            emit(node, target, detail);
          }
        },
        { usable: (name) => names.has(name), each: true },
      );
    }
    emitMembers(facts, dangling, emit);
  },
  asks: proven.asks,
  changes: (facts, edge) => (edge.detail === MEMBER ? [] : proven.changes(facts, edge)),
  closing: (facts, edge) => (edge.detail === MEMBER ? closingOfMember(facts, edge.to) : proven.closing(facts, edge)),
  fix: (facts, edge, change) => (edge.detail === MEMBER ? fixOfGrants(grantsOf(facts, edge.to), change) : proven.fix(facts, edge, change)),
  explain: (facts, edge) =>
    edge.detail === MEMBER ? explainMember(facts, edge.to, edge.certainty === 'conditional') : proven.explain(facts, edge),
});
