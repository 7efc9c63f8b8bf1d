import { proven } from '../evidence/proven.ts';
import { eachReached } from '../facts/rbac-edges.ts';
import type { AnyOf } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['impersonate'], apiGroup: '', resource: 'serviceaccounts' }];

export const impersonateServiceAccount = defineTechnique({
  id: 'impersonate-service-account',
  title: 'Impersonates a service account',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-service-accounts', 'service-account'],
  action: 'Sends requests as the service account with an Impersonate-User header.',
  precondition: '`impersonate` on `serviceaccounts` in the namespace, unnamed or naming the service account.',
  remediation: 'Name the service accounts in `resourceNames`, or take the right away.',
  coverage: { level: 'full' },
  attck: ['T1078'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation'],
  find(facts, emit) {
    eachReached(facts, RIGHT, 'all-service-accounts', ({ node }, target, detail) => emit(node, target, detail));
  },
  ...proven,
});
