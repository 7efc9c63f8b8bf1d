import { explainProof } from '../evidence/grant.ts';
import { changesOf, closingOfProof, fixOfProof } from '../evidence/grant-closing.ts';
import { eachReached, proofOf } from '../facts/rbac-edges.ts';
import type { AnyOf } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['get', 'list', 'watch'], apiGroup: '', resource: 'secrets' }];

export const secretRead = defineTechnique({
  id: 'secret-read',
  title: 'Reads secrets',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-secrets', 'secret'],
  action: 'Reads the values of secrets from the API server; `list` and `watch` return them as `get` does.',
  precondition: '`get`, `list` or `watch` on `secrets` in the namespace, unnamed or naming the secret.',
  remediation: 'Name the secrets in `resourceNames` and grant `get` alone.',
  coverage: { level: 'full' },
  attck: ['T1552.007'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  find(facts, emit) {
    eachReached(facts, RIGHT, 'all-secrets', ({ node }, target, detail) => emit(node, target, detail));
  },
  changes(facts, { detail }) {
    return changesOf(proofOf(facts, detail));
  },
  closing(facts, { detail }) {
    return closingOfProof(proofOf(facts, detail));
  },
  fix(facts, { detail }, change) {
    return fixOfProof(proofOf(facts, detail), change);
  },
  explain(facts, { detail }) {
    return explainProof(proofOf(facts, detail));
  },
});
