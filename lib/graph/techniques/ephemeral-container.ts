import { explainProof } from '../evidence/grant.ts';
import { changesOf, closingOfProof, fixOfProof } from '../evidence/grant-closing.ts';
import { eachReached, proofOf } from '../facts/rbac-edges.ts';
import type { AnyOf } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: '', resource: 'pods', subresource: 'ephemeralcontainers' }];

export const ephemeralContainer = defineTechnique({
  id: 'ephemeral-container',
  title: 'Adds a debug container',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods', 'pod'],
  action: 'Adds an ephemeral container to the running pod and reads its files, tokens and memory.',
  precondition: '`update` or `patch` on `pods/ephemeralcontainers` in the namespace, unnamed or naming the pod.',
  remediation: 'Keep this right for people who debug, for as long as they do.',
  coverage: { level: 'partial', misses: 'a privileged ephemeral container that opens the node where Pod Security lets it' },
  attck: ['T1609'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  find(facts, emit) {
    eachReached(facts, RIGHT, 'all-pods', ({ node }, target, detail) => emit(node, target, detail));
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
