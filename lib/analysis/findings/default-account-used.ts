import { serviceAccountUser } from '../../access/rbac/subject.ts';
import { bindingEvidence } from '../../graph/evidence/grant.ts';
import { podEvidence } from '../../graph/evidence/objects.ts';
import type { Evidence } from '../../graph/model.ts';
import { fixBy, strategicStep } from '../finding-facts/fix-steps.ts';
import { firstOfBindings, unbindSteps, usersOf } from '../finding-facts/holders.ts';
import { coreTarget } from '../finding-facts/patches.ts';
import { pods } from '../finding-facts/populations.ts';
import { validating } from '../finding-facts/prevention.ts';
import { atMost, worse } from '../finding-facts/severity.ts';
import { counted, reachWords } from '../finding-facts/words.ts';
import type { FindingWorld } from '../finding-facts/world.ts';
import type { Severity } from '../summary.ts';
import { defineFinding, type FindingRow } from './finding.ts';

const NAME = 'default';

function rowOf(world: FindingWorld, namespace: string): FindingRow | undefined {
  const grants = (world.rbac.bySubject.get(`user:${serviceAccountUser(namespace, NAME)}`) ?? []).filter(
    ({ role }) => (role?.rules.length ?? 0) > 0,
  );
  const workloads = world.workloadsOf(namespace, NAME);
  const holding = workloads.filter(({ nodes }) => nodes.some((node) => world.holdsToken(node)));
  // A pod without a token is nobody for the API server, whatever its account is called.
  if (grants.length === 0 && holding.length === 0) return undefined;
  const node = world.accountNode(namespace, NAME);
  const summary = node === undefined ? undefined : world.reachOf(node);
  const subject = { kind: 'ServiceAccount', namespace, name: NAME, ...(node === undefined ? {} : { node }) };
  const severity: Severity =
    grants.length === 0 ? 'low' : holding.length === 0 ? 'medium' : atMost(worse('medium', summary?.severity ?? 'medium'), 'high');
  const evidence: readonly Evidence[] = [
    ...grants.map(bindingEvidence),
    ...holding.slice(0, 3).map(({ pods: [pod] }) => podEvidence(pod, '/spec/serviceAccountName', 'runs as `default`, with a token')),
  ];
  return {
    subject,
    severity,
    counts: holding.reduce((sum, { pods: live }) => sum + live.length, 0),
    whyHere:
      grants.length === 0
        ? `${usersOf(world, subject)}, and all of them are one identity`
        : `${counted(grants.length, 'binding gives', 'bindings give')} it rights that every pod in ${namespace} has where nothing is said; ${usersOf(world, subject)}; it reaches ${summary === undefined ? 'what its roles give' : reachWords(summary)}`,
    evidence: evidence as unknown as readonly [Evidence, ...Evidence[]],
    fix: fixBy(
      `give each workload an account of its own, then ${grants.length === 0 ? '' : `take \`default\` out of the bindings${firstOfBindings(grants)} and `}turn its token off; pods that run keep theirs until they are restarted`,
      [
        ...unbindSteps(grants),
        strategicStep(coreTarget('ServiceAccount', { namespace, name: NAME }), { automountServiceAccountToken: false }),
      ],
    ),
  };
}

export const defaultAccountUsed = defineFinding({
  id: 'default-account-used',
  title: 'The account `default` is used',
  severity: 'low',
  class: 'hygiene',
  why: 'Every pod that names no account runs as `default`: rights that one workload needs are then those of all, and the audit log cannot tell them apart.',
  remediation: 'Make a service account for each workload that calls the API server; turn the token of `default` off.',
  misses: 'accounts of another name that everybody shares all the same; see shared-account',
  references: ['https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts'],
  prevention: validating({
    name: 'no-default-account',
    says: 'refuses pods that run as `default` with a token',
    resources: [['', 'pods']],
    field: 'spec',
    validations: [
      {
        // The API server has put the volume in by now, if the account and the pod want a token.
        expression:
          '(has(object.spec.serviceAccountName) && object.spec.serviceAccountName != "default") || !has(object.spec.volumes) || !object.spec.volumes.exists(v, has(v.projected) && has(v.projected.sources) && v.projected.sources.exists(s, has(s.serviceAccountToken)))',
        message: 'name a service account, or set automountServiceAccountToken: false',
      },
    ],
  }),
  population: pods,
  *find(world) {
    const names = new Set([
      ...world.inventory.kubernetes.serviceAccounts.filter(({ name }) => name === NAME).map(({ namespace }) => namespace),
      ...world.workloads.filter(({ pods: [pod] }) => pod.spec.serviceAccountName === NAME).map(({ namespace }) => namespace),
    ]);
    for (const namespace of names) {
      const row = rowOf(world, namespace);
      if (row !== undefined) yield row;
    }
  },
});
