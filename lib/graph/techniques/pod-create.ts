import { explainProof } from '../evidence/grant.ts';
import { changesOf, closingOfProof, fixOfProof } from '../evidence/grant-closing.ts';
import { NODE_HANGS_ON, reachedByPodAuthor } from '../facts/pod-author.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import { CREATE_WORKLOAD } from '../facts/workload-rights.ts';
import { defineTechnique } from './technique.ts';

export const podCreate = defineTechnique({
  id: 'pod-create',
  title: 'Creates pods',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['all-service-accounts', 'all-secrets', 'all-nodes'],
  action:
    'Creates a pod that runs as any service account of the namespace, mounts any of its secrets and, where it is let, opens the node.',
  precondition:
    '`create` on pods, replicationcontrollers, deployments.apps, replicasets.apps, statefulsets.apps, daemonsets.apps, jobs.batch or cronjobs.batch in the namespace; for nodes, Pod Security does not enforce `baseline` or `restricted` there.',
  remediation: 'Give it a namespace of its own without other service accounts and secrets, and enforce the `restricted` level there.',
  coverage: {
    level: 'partial',
    misses: 'custom resources that controllers turn into pods; admission webhooks and policies, which are named and not evaluated',
  },
  attck: ['T1610', 'T1528'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation'],
  find(facts, emit) {
    facts.eachHolding(CREATE_WORKLOAD, ({ node }, { scope, by }) => {
      const detail = facts.keep({ parts: [{ rights: CREATE_WORKLOAD, by }] });
      for (const { target, certainty } of reachedByPodAuthor(facts, scope)) emit(node, target, detail, certainty);
    });
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
    return certainty === 'conditional' ? { ...explained, hangsOn: NODE_HANGS_ON } : explained;
  },
});
