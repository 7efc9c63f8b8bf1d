import { proven } from '../evidence/proven.ts';
import { changedPods } from '../facts/changed-pods.ts';
import { emitEdges } from '../facts/pod-author.ts';
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
  precondition:
    '`update` or `patch` on `pods` in the namespace, unnamed or naming the pod, and Pod Security as the namespace is labelled not refusing the pod as it is.',
  remediation: 'Let controllers change pods; give people and workloads `get` and `list`.',
  coverage: { level: 'full' },
  attck: ['T1609'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  find(facts, emit) {
    emitEdges(facts, changedPods(facts, RIGHT), emit);
  },
  ...proven,
});
