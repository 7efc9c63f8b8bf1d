import { DEPUTIES } from '../../access/deputies/deputies.ts';
import type { Deputy } from '../../access/deputies/deputy.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import { bindingEvidence, ruleEvidence } from '../evidence/grant.ts';
import { nodeEvidence, objectEvidence } from '../evidence/objects.ts';
import type { Evidence } from '../model.ts';
import { type Controller, controllersOf } from './controllers.ts';
import type { Facts } from './facts.ts';
import type { AnyOf } from './rights.ts';
import { isEverywhere } from './scopes.ts';

/** A deputy whose resources the cluster serves, or may. */
export interface ActiveDeputy {
  readonly deputy: Deputy;
  /** Of the resources that are served; all of them where that is not known. */
  readonly create: AnyOf;
  readonly change: AnyOf;
  /** What says that they are served; undefined: CustomResourceDefinitions were not read. */
  readonly served: Evidence | undefined;
  readonly controllers: readonly Controller[];
}

/** Object that says that a resource of a group is served, by its name in full and by its group. */
interface Served {
  readonly byName: ReadonlyMap<string, Evidence>;
  readonly byGroup: ReadonlyMap<string, Evidence>;
  /** Whether what is missing may be there all the same. */
  readonly unread: boolean;
}

function servedBy({ inventory }: Facts): Served {
  const { customResourceDefinitions, apiServices } = inventory.kubernetes;
  const says = (name: string): string => `the cluster serves ${name}`;
  return {
    byName: new Map(
      customResourceDefinitions.map((crd) => {
        const name = `${crd.plural}.${crd.group}`;
        return [name, objectEvidence('CustomResourceDefinition', crd, '/spec/names/plural', says(name))];
      }),
    ),
    byGroup: new Map(
      apiServices
        .filter(({ service }) => service !== undefined)
        .map((one) => [one.group, objectEvidence('APIService', one, '/spec/group', says(one.group))]),
    ),
    unread: isUnread(inventory, 'customresourcedefinitions'),
  };
}

function activeOf(deputy: Deputy, served: Served, controllers: readonly Controller[]): ActiveDeputy | undefined {
  const evidence = new Map(
    deputy.resources.flatMap((resource) => {
      const found = served.byName.get(`${resource}.${deputy.group}`) ?? served.byGroup.get(deputy.group);
      return found === undefined ? [] : [[resource, found] as const];
    }),
  );
  const [first] = evidence.values();
  // Without a definition or a controller nothing says that the product is there.
  if (first === undefined && (!served.unread || controllers.length === 0)) return undefined;
  const resources = first === undefined ? deputy.resources : [...evidence.keys()];
  const rights = (...verbs: string[]): AnyOf => resources.map((resource) => ({ verbs, apiGroup: deputy.group, resource }));
  return { deputy, create: rights('create'), change: rights('update', 'patch'), served: first, controllers };
}

const remembered = new WeakMap<Facts, readonly ActiveDeputy[]>();

/** Deputies of the catalogue that the cluster has: their resources are served or, where that was not read, their controller is there. */
export function activeDeputies(facts: Facts): readonly ActiveDeputy[] {
  let active = remembered.get(facts);
  if (active === undefined) {
    const served = servedBy(facts);
    const controllers = controllersOf(facts);
    active = DEPUTIES.flatMap((deputy) => activeOf(deputy, served, controllers.get(deputy) ?? []) ?? []);
    remembered.set(facts, active);
  }
  return active;
}

/** Whether a controller looks at objects that lie in a scope; a cluster-wide right meets it where it looks. */
export function looksAt({ deputy }: ActiveDeputy, controller: Controller, scope: string): boolean {
  if (deputy.home === 'only' && !isEverywhere(scope) && scope !== controller.namespace) return false;
  return isEverywhere(scope) || controller.scopes.some((one) => isEverywhere(one) || one === scope);
}

/** Who the controller is, by which rules it is known, and what says that its resources are served. */
export function deputyEvidence(facts: Facts, active: ActiveDeputy, controller: Controller | undefined): readonly Evidence[] {
  const { deputy, served } = active;
  const evidence: Evidence[] = served === undefined ? [] : [served];
  if (controller === undefined) return evidence;
  const known = controller.knownBy === 'name' ? 'its name' : 'it may write the status of what it watches';
  const says = `is taken for the controller of ${deputy.product}: ${known}${controller.by.length === 0 ? '' : `, and it may watch ${deputy.resources[0]}.${deputy.group}`}`;
  evidence.push(nodeEvidence(facts.nodes, controller.node, { kind: 'ServiceAccount', pointer: '/metadata/name', says }));
  const [by] = controller.by;
  return by === undefined ? evidence : [...evidence, bindingEvidence(by.grant), ruleEvidence(by)];
}
