import { provenAndAsked } from '../evidence/proven.ts';
import { emitPodAuthors, type PodAuthor } from '../facts/pod-author.ts';
import { CREATE_WORKLOAD, makingRequests } from '../facts/workload-rights.ts';
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
    '`create` on pods, replicationcontrollers, deployments.apps, replicasets.apps, statefulsets.apps, daemonsets.apps, jobs.batch or cronjobs.batch in the namespace; for nodes, Pod Security as the namespace is labelled lets a privileged pod in.',
  remediation: 'Give it a namespace of its own without other service accounts and secrets, and enforce the `restricted` level there.',
  coverage: {
    level: 'partial',
    misses:
      'custom resources that controllers turn into pods; webhooks, policies and PodSecurityPolicies are named and not evaluated, and nobody can read the Pod Security default and exemptions of the API server itself',
  },
  attck: ['T1610', 'T1528'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation'],
  find(facts, emit) {
    const authors: PodAuthor[] = [];
    facts.eachHolding(CREATE_WORKLOAD, ({ node }, { scope, by }) => {
      authors.push({ node, scope, parts: [{ rights: CREATE_WORKLOAD, by }], through: makingRequests(by) });
    });
    emitPodAuthors(facts, authors, emit);
  },
  ...provenAndAsked,
});
