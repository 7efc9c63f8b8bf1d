import { explainProof } from '../evidence/grant.ts';
import { changesOf, closingOfProof, fixOfProof } from '../evidence/grant-closing.ts';
import type { Facts } from '../facts/facts.ts';
import { eachReached, proofOf } from '../facts/rbac-edges.ts';
import type { AnyOf } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const EXEC = { apiGroup: '', resource: 'pods', subresource: 'exec' } as const;
const CREATE: AnyOf = [{ ...EXEC, verbs: ['create'] }];
const GET: AnyOf = [{ ...EXEC, verbs: ['get'] }];
const EITHER: AnyOf = [{ ...EXEC, verbs: ['create', 'get'] }];

/** From 1.35 on, a WebSocket exec needs `create` as well (gate AuthorizePodWebsocketUpgradeCreatePermission). */
const getIsEnough = ({ minorVersion }: Facts): 'certain' | 'conditional' | undefined => {
  if (minorVersion === undefined) return 'conditional';
  return minorVersion < 35 ? 'certain' : undefined;
};

export const podExec = defineTechnique({
  id: 'pod-exec',
  title: 'Runs commands in pods',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-pods', 'pod'],
  action: 'Opens a shell in the pod (`kubectl exec`) and takes its token and files.',
  precondition: '`create` on `pods/exec` in the namespace, unnamed or naming the pod; before 1.35 `get` is enough over a WebSocket.',
  remediation: 'Take `pods/exec` out of the role; give people who debug a right that ends.',
  coverage: { level: 'full' },
  attck: ['T1609'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  find(facts, emit) {
    const certainty = getIsEnough(facts);
    const rights = certainty === 'certain' ? EITHER : CREATE;
    eachReached(facts, rights, 'all-pods', ({ node }, target, detail) => emit(node, target, detail));
    if (certainty === 'conditional')
      eachReached(facts, GET, 'all-pods', ({ node }, target, detail) => emit(node, target, detail, certainty));
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
  explain(facts, { detail, certainty }) {
    const explained = explainProof(proofOf(facts, detail));
    return certainty === 'conditional'
      ? { ...explained, hangsOn: 'an API server before 1.35, where `get` on pods/exec is enough; its version is not known' }
      : explained;
  },
});
