import { proven } from '../evidence/proven.ts';
import { askingAnywhere } from '../facts/asking.ts';
import { type ActiveDeputy, activeDeputies } from '../facts/deputies.ts';
import { type DeputyReach, reachedByDeputy } from '../facts/deputy-gains.ts';
import type { Facts } from '../facts/facts.ts';
import { MergedWays } from '../facts/merged-ways.ts';
import { proofOf } from '../facts/rbac-edges.ts';
import { defineTechnique } from './technique.ts';

/** Collects what a deputy does for everybody who may write its resources. */
function collect(facts: Facts, active: ActiveDeputy, ways: MergedWays): void {
  for (const [rights, creates] of [
    [active.create, true],
    [active.change, false],
  ] as const) {
    // Many hold the same right in the same place: a cluster-wide one, mostly.
    const known = new Map<string, readonly DeputyReach[]>();
    const reached = (scope: string, name: string | undefined): readonly DeputyReach[] => {
      const key = name === undefined ? scope : `${scope}\n${name}`;
      const found = known.get(key) ?? reachedByDeputy(facts, active, { scope, creates, ...(name === undefined ? {} : { name }) });
      known.set(key, found);
      return found;
    };
    facts.eachHolding(rights, ({ node }, { scope, name, by }) => {
      for (const { target, ...reach } of reached(scope, name)) if (target !== node) ways.add(node, target, { ...reach, rights, by });
    });
  }
}

export const controllerDeputy = defineTechnique({
  id: 'controller-deputy',
  title: 'Has a controller act for it',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['service-account', 'all-service-accounts', 'all-secrets', 'all-nodes', 'cluster-admin'],
  action:
    'Writes a custom resource that a controller turns into pods, objects or credentials with its own rights: GitOps, workflows, operators, policy engines.',
  precondition:
    '`create`, `update` or `patch` on a resource of the catalogue (lib/access/deputies) that the cluster serves, and the controller looks at the namespace.',
  remediation:
    "Let nobody write the resource where the controller has more rights than he has, and turn on the product's own limits: projects, impersonation, admission.",
  coverage: {
    level: 'partial',
    misses:
      'controllers that the catalogue does not hold; flags and settings of controllers, which no API tells; changes to what a controller reads outside of the cluster; certificates that cert-manager issues; more than eight controllers of one product that look everywhere',
  },
  attck: ['T1610', 'T1078'],
  references: [
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    'https://argo-cd.readthedocs.io/en/stable/operator-manual/security/',
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  ],
  find(facts, emit) {
    const ways = new MergedWays();
    for (const active of activeDeputies(facts)) collect(facts, active, ways);
    for (const { from, to, certainty, proof } of ways.proofs()) emit(from, to, facts.keep(proof), certainty);
  },
  ...proven,
  asks: (facts, { detail }) => askingAnywhere(facts, proofOf(facts, detail).parts),
});
