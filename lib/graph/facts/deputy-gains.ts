import type { Certainty } from '../kinds.ts';
import type { Evidence } from '../model.ts';
import type { Controller } from './controllers.ts';
import { type ActiveDeputy, deputyEvidence, looksAt } from './deputies.ts';
import { everything, hasAny } from './everything.ts';
import type { Facts } from './facts.ts';
import { type AuthorReach, reachedByPodAuthor } from './pod-author.ts';
import type { NamespacedEverything } from './rbac-edges.ts';
import { isEverywhere } from './scopes.ts';

/** What whoever writes a deputy's resource reaches, and how surely. */
export interface DeputyReach {
  readonly target: number;
  readonly certainty: Certainty;
  readonly hangsOn?: string;
  readonly evidence: readonly Evidence[];
}

/** How the resource is written. */
export interface Written {
  /** A namespace; empty: the whole cluster; `*`: every namespace. */
  readonly scope: string;
  /** Of a right on one object alone. */
  readonly name?: string;
  /** Whether it can be made, and not only changed where it is there. */
  readonly creates: boolean;
}

/** A place in which a controller acts for the writer. */
interface Place {
  readonly scope: string;
  readonly controller: Controller | undefined;
}

/** Where the writer's resources are acted on, by whom: one controller for each place, those that run first. */
function placesOf(active: ActiveDeputy, { scope }: Written): readonly Place[] {
  const { deputy, controllers } = active;
  const looking = controllers.filter((one) => looksAt(active, one, scope)).sort((one, other) => Number(other.runs) - Number(one.runs));
  if (looking.length === 0) return controllers.length === 0 ? [{ scope, controller: undefined }] : [];
  if (deputy.home === 'only') return looking.map((controller) => ({ scope: controller.namespace, controller }));
  const wide = looking.find(({ scopes }) => scopes.some(isEverywhere));
  if (wide !== undefined || !isEverywhere(scope)) return [{ scope, controller: wide ?? looking[0] }];
  const byNamespace = new Map(looking.toReversed().flatMap((controller) => controller.scopes.map((one) => [one, controller] as const)));
  return [...byNamespace].map(([namespace, controller]) => ({ scope: namespace, controller }));
}

/** Everything that has to hold for the deputy to act, in words; empty: nothing is open. */
function openOf(active: ActiveDeputy, { scope, controller }: Place, written: Written): readonly string[] {
  const { deputy, served } = active;
  const kind = `${deputy.resources[0]}.${deputy.group}`;
  const open: string[] = [];
  if (deputy.hangsOn !== undefined) open.push(deputy.hangsOn);
  if (served === undefined) open.push(`${kind} being served: CustomResourceDefinitions were not read`);
  if (!written.creates)
    open.push(written.name === undefined ? `an object of ${kind} being there to change` : `${kind} \`${written.name}\` being there`);
  if (controller === undefined) {
    if (deputy.inControlPlane !== true)
      open.push(`the controller of ${deputy.product} running: no service account was recognised as its own`);
    return open;
  }
  const account = `${controller.namespace}/${controller.name}`;
  if (!controller.runs) open.push(`the controller of ${deputy.product} running: no pod runs as ${account} now`);
  if (controller.knownBy === 'rights')
    open.push(`${account} being the controller of ${deputy.product}, for which it is taken by its rights`);
  if (deputy.home === 'usually' && !isEverywhere(scope) && scope !== controller.namespace)
    open.push(`${deputy.product} being set to look at namespace ${scope} too`);
  return open;
}

const LIMITED = {
  'makes-limited-pod': ['all-service-accounts', 'all-secrets'],
  'mints-tokens': ['all-service-accounts'],
  'reads-secrets': ['all-secrets'],
} as const satisfies Record<string, readonly NamespacedEverything[]>;

const sure = (target: number): AuthorReach => ({ target, certainty: 'certain', evidence: [] });

/** What the deputy does in a place, before anything that it hangs on. */
function reachedIn(facts: Facts, { deputy }: ActiveDeputy, { scope, controller }: Place): readonly AuthorReach[] {
  switch (deputy.gain) {
    case 'acts-as-controller':
      return controller === undefined ? [] : [sure(controller.node)];
    case 'cluster-admin':
      return [sure(facts.nodes.clusterAdmin())];
    case 'makes-any-pod':
      return reachedByPodAuthor(facts, scope);
    case 'runs-privileged-image':
      return reachedByPodAuthor(facts, scope).filter(({ target }) => facts.nodes.kinds[target] === 'all-nodes');
    default: {
      const where = deputy.readsOwnNamespace === true && controller !== undefined ? controller.namespace : scope;
      return LIMITED[deputy.gain].filter((kind) => hasAny(facts, kind, where)).map((kind) => sure(everything(facts, kind, where)));
    }
  }
}

/** Controllers of one product that a cluster-wide right is told to reach: where each namespace has its own, they are all alike. */
const ACTING = 50;

/** Every controller that looks there acts for the writer; for what is made in a namespace one of them is enough. */
function actingIn(active: ActiveDeputy, written: Written): readonly Place[] {
  if (active.deputy.gain !== 'acts-as-controller') return placesOf(active, written);
  return active.controllers
    .filter((controller) => looksAt(active, controller, written.scope))
    .slice(0, ACTING)
    .map((controller) => ({ scope: written.scope, controller }));
}

/** What whoever writes a deputy's resource reaches, each target once. */
export function reachedByDeputy(facts: Facts, active: ActiveDeputy, written: Written): readonly DeputyReach[] {
  const { deputy } = active;
  // No RoleBinding gives what lies in no namespace.
  if (deputy.clusterScoped === true && written.scope !== '') return [];
  return actingIn(active, deputy.clusterScoped === true ? { ...written, scope: '' } : written).flatMap((place) => {
    const open = openOf(active, place, written);
    const beside = deputyEvidence(facts, active, place.controller);
    return reachedIn(facts, active, place).map(({ target, certainty, hangsOn, evidence }): DeputyReach => {
      const all = [...open, ...(hangsOn === undefined ? [] : [hangsOn])];
      if (all.length === 0) return { target, certainty, evidence: [...beside, ...evidence] };
      return { target, certainty: 'conditional', hangsOn: all.join('; '), evidence: [...beside, ...evidence] };
    });
  });
}
