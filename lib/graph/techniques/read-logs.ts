import { proven } from '../evidence/proven.ts';
import { eachReached } from '../facts/rbac-edges.ts';
import type { AnyOf } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['get'], apiGroup: '', resource: 'pods', subresource: 'log' }];

export const readLogs = defineTechnique({
  id: 'read-logs',
  title: 'Reads logs of pods',
  class: 'rbac',
  walked: false,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods', 'pod'],
  action: 'Reads what the containers print (`kubectl logs`), with the tokens and passwords that some of them print by mistake.',
  precondition: '`get` on `pods/log` in the namespace, unnamed or naming the pod.',
  remediation: 'Grant `pods/log` where people debug, and keep secrets out of logs.',
  coverage: { level: 'partial', misses: 'whether a log holds a secret, which nobody can tell from outside; so nothing follows from it' },
  attck: ['T1552'],
  references: ['https://kubernetes.io/docs/concepts/cluster-administration/logging/'],
  find(facts, emit) {
    eachReached(facts, RIGHT, 'all-pods', ({ node }, target, detail) => emit(node, target, detail));
  },
  ...proven,
});
