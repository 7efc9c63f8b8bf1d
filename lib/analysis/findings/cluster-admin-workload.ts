import type { AnyOf } from '../../graph/facts/rights.ts';
import { clusterWideHolders, grantEvidence, mayBeUsed, podsOf, subjectOf, unbindFix, usersOf } from '../finding-facts/holders.ts';
import { pods } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { defineFinding } from './finding.ts';

const EVERYTHING: AnyOf = [{ verbs: ['*'], apiGroup: '*', resource: '*' }];

export const clusterAdminWorkload = defineFinding({
  id: 'cluster-admin-workload',
  title: 'Workloads are cluster admin',
  severity: 'critical',
  class: 'rbac',
  why: 'Whoever gets into one of these pods, by a bug in the application or in one of its libraries, has the whole cluster: every secret, every node, every workload.',
  remediation: 'Bind a role with the rules that the workload uses; give operators a namespace of their own where they need much.',
  misses: 'rights that add up to everything without wildcards; what they lead to is found hop by hop',
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
  ],
  prevention: validating({
    name: 'no-cluster-admin-for-service-accounts',
    says: 'refuses bindings of `cluster-admin` to service accounts and to the groups that they are all in',
    resources: [['rbac.authorization.k8s.io', 'clusterrolebindings']],
    exempt: [],
    field: 'subjects',
    validations: [
      {
        expression:
          'object.roleRef.name != "cluster-admin" || !has(object.subjects) || object.subjects.all(s, s.kind != "ServiceAccount" && !s.name.startsWith("system:serviceaccount") && s.name != "system:authenticated")',
        message: 'no service account may be bound to cluster-admin; bind a role with the rules that it needs',
      },
    ],
  }),
  population: pods,
  *find(world) {
    for (const holder of clusterWideHolders(world, EVERYTHING)) {
      const subject = subjectOf(world, holder.key);
      // People and machines outside of the cluster are no workloads; the group of a namespace's accounts is all of them.
      if (subject.kind === 'User' || (subject.kind === 'Group' && !subject.name.startsWith('system:serviceaccounts:'))) continue;
      const users = podsOf(world, subject);
      yield {
        subject,
        severity: mayBeUsed(world, subject) ? 'critical' : 'high',
        counts: users,
        whyHere: `it may do anything to everything in the cluster; ${usersOf(world, subject)}${users > 0 ? '' : `, and whoever may make pods in its namespace can run one as it`}`,
        evidence: grantEvidence(holder.by),
        fix: unbindFix(holder.by[0].grant, ...holder.by.slice(1).map(({ grant }) => grant)),
      };
    }
  },
});
