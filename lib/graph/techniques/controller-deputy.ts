import { provenAndAsked } from '../evidence/proven.ts';
import { type Asking, heldUpBy } from '../facts/asked.ts';
import { askingAnywhere, askingAt } from '../facts/asking.ts';
import { type ActiveDeputy, activeDeputies } from '../facts/deputies.ts';
import { type DeputyReach, reachedByDeputy } from '../facts/deputy-gains.ts';
import type { Facts } from '../facts/facts.ts';
import { MergedWays, type OneWay } from '../facts/merged-ways.ts';
import { podAdmissionIn } from '../facts/pod-admission.ts';
import type { Part } from '../facts/rights.ts';
import { defineTechnique } from './technique.ts';

const remembered = new WeakMap<Facts, readonly string[]>();

/** Namespaces that let a privileged pod in for certain, all of them where none does. */
function opening(facts: Facts): readonly string[] {
  let found = remembered.get(facts);
  if (found === undefined) {
    const certain = facts.everyNamespace.filter((one) => podAdmissionIn(facts, one, { needed: 'privileged' }).state === 'certain');
    found = certain.length === 0 ? facts.everyNamespace : certain;
    remembered.set(facts, found);
  }
  return found;
}

/** Where the resource is written: what is made of it has what lies in its namespace, and a controller acts for what is written anywhere. */
function askingFor(facts: Facts, target: number, parts: readonly Part[]): Asking {
  const kind = facts.nodes.kinds[target];
  const asking = kind === 'service-account' ? askingAnywhere(facts, parts) : askingAt(facts, target, parts);
  // The pod that takes the node lies there as well.
  return kind === 'all-nodes' && asking.namespaces === facts.everyNamespace ? { ...asking, namespaces: opening(facts) } : asking;
}

/** A way with what admission of its own requests hangs on: of merged ones nobody knows any more which was sure. */
function asked(facts: Facts, target: number, way: OneWay): OneWay {
  const held = heldUpBy(facts, askingFor(facts, target, [{ rights: way.rights, by: way.by }]));
  if (held === undefined) return way;
  const hangsOn = way.hangsOn === undefined ? held.hangsOn : `${way.hangsOn}; ${held.hangsOn}`;
  return { ...way, certainty: 'conditional', hangsOn, evidence: [...way.evidence, ...held.evidence] };
}

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
      for (const { target, ...reach } of reached(scope, name))
        if (target !== node) ways.add(node, target, asked(facts, target, { ...reach, rights, by }));
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
  ...provenAndAsked,
});
