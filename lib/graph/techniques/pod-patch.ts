import { explainProof } from '../evidence/grant.ts';
import { changesOf, closingOfProof, fixOfProof } from '../evidence/grant-closing.ts';
import { eachReached, proofOf } from '../facts/rbac-edges.ts';
import type { AnyOf } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: '', resource: 'pods' }];

export const podPatch = defineTechnique({
  id: 'pod-patch',
  title: 'Replaces the image of a running pod',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods', 'pod'],
  action: 'Changes the image of a container, which a pod allows while it runs, and so runs code as the pod.',
  precondition: '`update` or `patch` on `pods` in the namespace, unnamed or naming the pod.',
  remediation: 'Let controllers change pods; give people and workloads `get` and `list`.',
  coverage: { level: 'full' },
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
