import { MASTERS_GROUP, splitServiceAccountUser } from '../../access/rbac/subject.ts';
import { proven } from '../evidence/proven.ts';
import { everything } from '../facts/everything.ts';
import type { Facts } from '../facts/facts.ts';
import { holdsAnyOf } from '../facts/right-holders.ts';
import { type AnyOf, type Holding, holdings } from '../facts/rights.ts';
import type { SubjectFacts } from '../facts/subjects.ts';
import { defineTechnique, type Emit } from './technique.ts';

const USERS: AnyOf = [{ verbs: ['impersonate'], apiGroup: '', resource: 'users' }];
const GROUPS: AnyOf = [{ verbs: ['impersonate'], apiGroup: '', resource: 'groups' }];
const ACCOUNTS: AnyOf = [{ verbs: ['impersonate'], apiGroup: '', resource: 'serviceaccounts' }];

const clusterWide = (list: readonly Holding[]): readonly Holding[] => list.filter(({ scope }) => scope === '');

/**
 * Everything that lets the subject send Impersonate-Group headers along with a user or a service account. A service account's user name
 * is asked of `serviceaccounts`, never of `users` (apiserver pkg/endpoints/filters/impersonation).
 */
function somebody(users: readonly Holding[], accounts: readonly Holding[]): { rights: AnyOf; by: Holding['by'] } | undefined {
  const real = users.filter(({ name }) => name === undefined || splitServiceAccountUser(name) === undefined);
  const rights = [...(real.length > 0 ? USERS : []), ...(accounts.length > 0 ? ACCOUNTS : [])];
  return rights.length === 0 ? undefined : { rights, by: [...real, ...accounts].flatMap(({ by }) => by) };
}

function emitFor(facts: Facts, subject: SubjectFacts, emit: Emit): void {
  const grants = facts.subjects.effective(subject);
  const users = clusterWide(holdings(grants, USERS));
  const groups = clusterWide(holdings(grants, GROUPS));
  if (users.length === 0 && groups.length === 0) return;
  const own = new Set(subject.own);
  const isOwn = ({ by }: { by: Holding['by'] }): boolean => by.some(({ grant }) => own.has(grant));
  for (const holding of users.filter(isOwn)) {
    const target = holding.name === undefined ? everything(facts, 'all-users', '') : facts.nodes.indexOf(`user:${holding.name}`);
    if (target !== undefined) emit(subject.node, target, facts.keep({ parts: [{ rights: USERS, by: holding.by }] }));
  }
  const carrier = somebody(users, holdings(grants, ACCOUNTS));
  if (carrier === undefined) return;
  for (const holding of groups) {
    if (!isOwn(holding) && !isOwn(carrier)) continue;
    const target = holding.name === undefined ? everything(facts, 'all-groups', '') : facts.nodes.indexOf(`group:${holding.name}`);
    if (target !== undefined) emit(subject.node, target, facts.keep({ parts: [{ rights: GROUPS, by: holding.by }, carrier] }));
  }
}

export const impersonateUserGroup = defineTechnique({
  id: 'impersonate-user-group',
  title: 'Impersonates users or groups',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-users', 'all-groups', 'user', 'group'],
  action: `Sends requests with Impersonate-User and Impersonate-Group headers; as ${MASTERS_GROUP} nothing is refused.`,
  precondition:
    '`impersonate` on `users` or `groups` by a ClusterRoleBinding, unnamed or naming it; for a group also somebody to impersonate along with it (the API server refuses groups without a user).',
  remediation: 'Name users and groups in `resourceNames`, and never a group with more rights than the subject needs.',
  coverage: {
    level: 'partial',
    misses: 'user extras and UIDs, by which RBAC decides nothing; users and groups that no binding names',
  },
  attck: ['T1078'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation'],
  find(facts, emit) {
    facts.nodes.intern('group', MASTERS_GROUP);
    const impersonates = holdsAnyOf(facts.subjects.rbac, [USERS, GROUPS]);
    for (const subject of facts.subjects.all) if (impersonates(subject)) emitFor(facts, subject, emit);
  },
  ...proven,
});
