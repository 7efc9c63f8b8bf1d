import type { Grant } from '../../access/rbac/bindings.ts';
import type { GrantedRule } from '../../access/rbac/review.ts';
import { splitServiceAccountUser } from '../../access/rbac/subject.ts';
import type { PolicyRule } from '../../inventory/kubernetes.ts';
import { listed } from '../evidence/grant.ts';
import { proven } from '../evidence/proven.ts';
import type { Facts } from '../facts/facts.ts';
import { identitySet, nodeUsers } from '../facts/identity-sets.ts';
import { reachedBy } from '../facts/rbac-edges.ts';
import { type AnyOf, type Holding, holdings } from '../facts/rights.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import { defineTechnique, type Emit } from './technique.ts';

const GROUP = 'authentication.k8s.io';
const MODES = ['serviceaccount', 'user-info', 'arbitrary-node', 'associated-node'] as const;
type Mode = (typeof MODES)[number];

const right = (mode: Mode, resource: string): AnyOf => [{ verbs: [`impersonate:${mode}`], apiGroup: GROUP, resource }];
const RIGHTS = {
  serviceaccount: right('serviceaccount', 'serviceaccounts'),
  'user-info': right('user-info', 'users'),
  'arbitrary-node': right('arbitrary-node', 'nodes'),
  'associated-node': right('associated-node', 'nodes'),
} as const satisfies Record<Mode, AnyOf>;
const GROUPS = right('user-info', 'groups');

/** A rule that allows every verb of every group allows plain impersonation as well, which is told as such. */
const isPlain = ({ rule }: GrantedRule): boolean => rule.verbs.includes('*') && rule.apiGroups.includes('*');

/** Where the subject may use a mode, for rules that are not plain impersonation. */
function held(grants: readonly Grant[], rights: AnyOf): readonly Holding[] {
  return holdings(grants, rights).flatMap((holding) => {
    const by = holding.by.filter((one) => !isPlain(one));
    return by.length === 0 ? [] : [{ ...holding, by }];
  });
}

const isNodeUser = (name: string): boolean => name.startsWith('system:node:');

/** Verbs of a rule that may be used under a mode: `impersonate-on:MODE:VERB`. */
const verbsUnder = (rule: PolicyRule, mode: Mode): readonly string[] =>
  rule.verbs.flatMap((verb) =>
    verb === '*' ? ['*'] : verb.startsWith(`impersonate-on:${mode}:`) ? [verb.slice(`impersonate-on:${mode}:`.length)] : [],
  );

/** Rules that say what the subject may do while it impersonates. */
function rulesUnder(grants: readonly Grant[], mode: Mode): GrantedRule[] {
  return grants.flatMap((grant) =>
    (grant.role?.rules ?? []).flatMap((rule, ruleIndex) => (verbsUnder(rule, mode).length === 0 ? [] : [{ grant, rule, ruleIndex }])),
  );
}

const mentioned = new WeakMap<PolicyRule, boolean>();

/** Whether a rule speaks of the modes at all, or allows every verb of their group. */
function mentions(rule: PolicyRule): boolean {
  let known = mentioned.get(rule);
  if (known === undefined) {
    known = rule.verbs.some((verb) => verb.startsWith('impersonate:')) || (rule.verbs.includes('*') && rule.apiGroups.includes(GROUP));
    mentioned.set(rule, known);
  }
  return known;
}

/** Gate ConstrainedImpersonation: alpha and off in 1.35, beta from 1.36. Source: https://www.kubernetes.dev/resources/keps/5284/ */
function gate({ minorVersion }: Facts): string | undefined {
  if (minorVersion === undefined)
    return 'an API server from 1.36 on, or 1.35 with the gate ConstrainedImpersonation: its version is not known';
  if (minorVersion < 35) return undefined;
  return minorVersion === 35
    ? 'the gate ConstrainedImpersonation, which is alpha in 1.35'
    : 'the gate ConstrainedImpersonation being on (beta)';
}

function scopeOf(rules: readonly GrantedRule[], mode: Mode): string {
  const words = rules.map(({ rule }) => `${verbsUnder(rule, mode).join(', ')} on ${listed([...rule.resources, ...rule.nonResourceURLs])}`);
  return listed([...new Set(words)]);
}

/** The identities of a mode that a holding reaches. System:masters is refused, and so are nodes and service accounts as plain users. */
function* reached(facts: Facts, mode: Mode, holding: Holding): Generator<number> {
  const { scope, name } = holding;
  if (mode === 'serviceaccount') yield* reachedBy(facts, 'all-service-accounts', holding);
  else if (scope !== '') return;
  else if (mode === 'associated-node') {
    // The name is asked as `*`, whichever node it is.
    if (name === undefined || name === '*') yield nodeUsers(facts);
  } else if (name === undefined) yield mode === 'user-info' ? identitySet(facts, 'not-nodes') : nodeUsers(facts);
  else if (mode === 'arbitrary-node') {
    const set = nodeUsers(facts);
    const user = set < 0 ? undefined : facts.nodes.indexOf(`user:system:node:${name}`);
    if (user !== undefined) yield user;
  } else if (!isNodeUser(name) && splitServiceAccountUser(name) === undefined) {
    const user = facts.nodes.indexOf(`user:${name}`);
    if (user !== undefined) yield user;
  }
}

/** The groups that a holding reaches along with a user, but for system:masters, which is refused. */
function* reachedGroups(facts: Facts, { scope, name }: Holding): Generator<number> {
  if (scope !== '' || name === 'system:masters') return;
  const group = name === undefined ? identitySet(facts, 'not-masters') : facts.nodes.indexOf(`group:${name}`);
  if (group !== undefined) yield group;
}

const ONLY_OWN_NODE = 'the token being bound to a pod on that node';

function emitFor(facts: Facts, { subject, gated }: { subject: SubjectFacts; gated: string }, emit: Emit): void {
  const grants = facts.subjects.effective(subject);
  const own = new Set(subject.own);
  for (const mode of MODES) {
    // Only a service account's token is bound to a pod and so to a node.
    if (mode === 'associated-node' && facts.nodes.kinds[subject.node] === 'user') continue;
    const users = held(grants, RIGHTS[mode]).filter(({ scope }) => mode === 'serviceaccount' || scope === '');
    if (users.length === 0) continue;
    const rules = rulesUnder(grants, mode);
    const on = { rights: [{ verbs: [`impersonate-on:${mode}:…`], apiGroup: '', resource: 'what the request is for' }], by: rules };
    const hangsOn = [`what that identity may do within these requests: only ${scopeOf(rules, mode)} may be done in its name`, gated];
    if (mode === 'associated-node') hangsOn.push(ONLY_OWN_NODE);
    const emitTo = (targets: Iterable<number>, parts: readonly { rights: AnyOf; by: readonly GrantedRule[] }[]): void => {
      if (rules.length === 0 || ![...parts.flatMap(({ by }) => by), ...rules].some(({ grant }) => own.has(grant))) return;
      for (const target of targets)
        emit(subject.node, target, facts.keep({ parts: [...parts, on], hangsOn: hangsOn.join('; and on ') }), 'conditional');
    };
    for (const holding of users) emitTo(reached(facts, mode, holding), [{ rights: RIGHTS[mode], by: holding.by }]);
    if (mode !== 'user-info') continue;
    const carrier = { rights: RIGHTS[mode], by: users.flatMap(({ by }) => by) };
    for (const holding of held(grants, GROUPS)) emitTo(reachedGroups(facts, holding), [{ rights: GROUPS, by: holding.by }, carrier]);
  }
}

export const constrainedImpersonation = defineTechnique({
  id: 'constrained-impersonation',
  title: 'Impersonates an identity for some requests',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-users', 'all-groups', 'all-service-accounts', 'user', 'group', 'service-account'],
  action: 'Sends the requests that `impersonate-on` names with Impersonate headers, as the service account, user, group or node.',
  precondition:
    '`impersonate:serviceaccount`, `impersonate:user-info`, `impersonate:arbitrary-node` or `impersonate:associated-node` on serviceaccounts, users, groups or nodes of authentication.k8s.io, and `impersonate-on:MODE:VERB` on what the request is for; from 1.35 (alpha) or 1.36 (beta) on. `system:masters` is refused.',
  remediation: 'Name the identities in `resourceNames`, and only the verbs and resources that are needed in `impersonate-on`.',
  coverage: {
    level: 'partial',
    misses:
      'which rights of the identity fall under the verbs and resources, so that every edge is conditional; secrets that the Node authorizer opens to a node; user extras and UIDs; users and groups that no binding names',
  },
  attck: ['T1078'],
  references: [
    'https://www.kubernetes.dev/resources/keps/5284/',
    'https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/endpoints/filters/impersonation/mode.go',
  ],
  find(facts, emit) {
    const gated = gate(facts);
    if (gated === undefined || !facts.inventory.kubernetes.roles.some(({ rules }) => rules.some(mentions))) return;
    for (const subject of facts.subjects.all) if (subject.own.length > 0) emitFor(facts, { subject, gated }, emit);
  },
  ...proven,
});
