import { proven } from '../evidence/proven.ts';
import { eachReached } from '../facts/rbac-edges.ts';
import type { AnyOf } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['create'], apiGroup: '', resource: 'serviceaccounts', subresource: 'token' }];

export const tokenMint = defineTechnique({
  id: 'token-mint',
  title: 'Mints a token of a service account',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-service-accounts', 'service-account'],
  action: 'Asks the API server for a token of the service account, with any audience, and acts as it.',
  precondition: '`create` on `serviceaccounts/token` in the namespace, unnamed or naming the service account.',
  remediation: 'Name the service accounts in `resourceNames`, or take the right away.',
  coverage: { level: 'full' },
  attck: ['T1528'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  find(facts, emit) {
    eachReached(facts, RIGHT, 'all-service-accounts', ({ node }, target, detail) =>
      emit(node, target, detail, facts.isAbsentAccount(target) ? 'conditional' : 'certain'),
    );
  },
  ...proven,
  explain(facts, edge) {
    const explained = proven.explain(facts, edge);
    return facts.isAbsentAccount(edge.to)
      ? {
          ...explained,
          hangsOn: 'the service account existing, which is not among those that were read: the API server mints no token for it',
        }
      : explained;
  },
});
