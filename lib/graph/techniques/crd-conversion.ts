import { objectEvidence } from '../evidence/objects.ts';
import { proven } from '../evidence/proven.ts';
import { type ActiveDeputy, activeDeputies, deputyEvidence } from '../facts/deputies.ts';
import type { Facts } from '../facts/facts.ts';
import type { AnyOf } from '../facts/rights.ts';
import type { Evidence } from '../model.ts';
import { defineTechnique } from './technique.ts';

const RIGHT: AnyOf = [{ verbs: ['update', 'patch'], apiGroup: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' }];

const HANGS_ON =
  "a server of the attacker's that the API server reaches, and objects of the kind being stored in another version than they are read in, which the definition decides too";

/** Whose controller would act on what the conversion answers. */
interface Gain {
  readonly target: number;
  readonly hangsOn: string;
  readonly also: readonly Evidence[];
}

function* gainsOf(facts: Facts, active: ActiveDeputy): Generator<Gain> {
  const { deputy } = active;
  const open = deputy.hangsOn === undefined ? HANGS_ON : `${HANGS_ON}; ${deputy.hangsOn}`;
  if (deputy.gain === 'cluster-admin')
    yield { target: facts.nodes.clusterAdmin(), hangsOn: open, also: deputyEvidence(facts, active, undefined) };
  if (deputy.gain !== 'acts-as-controller') return;
  for (const controller of active.controllers)
    yield { target: controller.node, hangsOn: open, also: deputyEvidence(facts, active, controller).slice(1) };
}

/** What each definition of a deputy's resource gives to whoever changes it, by the definition's name. */
function gainsByDefinition(facts: Facts): ReadonlyMap<string, readonly Gain[]> {
  const deputies = Map.groupBy(activeDeputies(facts), ({ deputy }) => deputy.group);
  const found = new Map<string, readonly Gain[]>();
  for (const crd of facts.inventory.kubernetes.customResourceDefinitions) {
    const acting = (deputies.get(crd.group) ?? []).filter(({ deputy }) => deputy.resources.includes(crd.plural));
    const says = `serves ${crd.plural}.${crd.group}, and whoever changes it has a webhook rewrite them`;
    const evidence = objectEvidence('CustomResourceDefinition', crd, '/spec/names/plural', says);
    const gains = new Map(acting.flatMap((active) => [...gainsOf(facts, active)]).map((gain) => [gain.target, gain]));
    if (gains.size > 0)
      found.set(
        crd.name,
        [...gains.values()].map((gain) => ({ ...gain, also: [evidence, ...gain.also] })),
      );
  }
  return found;
}

export const crdConversion = defineTechnique({
  id: 'crd-conversion',
  title: 'Rewrites custom resources as they are read',
  class: 'rbac',
  walked: true,
  from: ['service-account', 'user', 'group', 'role-grant'],
  to: ['service-account', 'cluster-admin'],
  action:
    'Puts a conversion webhook of its own into a CustomResourceDefinition: it is sent every object of the kind, and a controller acts on what it answers.',
  precondition:
    '`update` or `patch` on customresourcedefinitions by a ClusterRoleBinding, unnamed or naming one whose objects a controller of the catalogue (lib/access/deputies) acts on with its own rights.',
  remediation: 'Leave CustomResourceDefinitions to those who install the controllers, and name theirs in `resourceNames`.',
  coverage: {
    level: 'partial',
    misses:
      'contents of custom resources that no controller of the catalogue acts on, which have no node here; pods that are made of rewritten ones',
  },
  attck: ['T1565', 'T1557'],
  references: [
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion',
  ],
  find(facts, emit) {
    const gains = gainsByDefinition(facts);
    if (gains.size === 0) return;
    facts.eachHolding(RIGHT, ({ node }, { scope, name, by }) => {
      if (scope !== '') return;
      for (const [definition, list] of gains) {
        if (name !== undefined && name !== definition) continue;
        for (const { target, hangsOn, also } of list)
          if (target !== node) emit(node, target, facts.keep({ parts: [{ rights: RIGHT, by }], also, hangsOn }), 'conditional');
      }
    });
  },
  ...proven,
});
