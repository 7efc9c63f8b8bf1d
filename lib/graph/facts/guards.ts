import type { Obstacle } from '../../access/admission/obstacles.ts';
import type { Facts } from './facts.ts';
import { admissionOf, obstaclesIn } from './obstacles.ts';
import { CREATE_POD } from './pod-admission.ts';
import type { AnyOf } from './rights.ts';

/** An object to change or delete so that it refuses nothing any more. */
export interface Weakening {
  readonly rights: AnyOf;
  /** Empty: it lies in no namespace; `*`: any namespace will do. */
  readonly namespace: string;
  /** Undefined: an object that is made for it. */
  readonly name?: string;
}

/** One way past a guard: everything in it has to be done. */
export interface Way {
  readonly weakenings: readonly Weakening[];
  /** What it hangs on beside the rights. */
  readonly hangsOn?: string;
}

/** Something that may refuse a pod in a namespace: one policy, one webhook, or a policy engine with all of its own. */
export interface Guard {
  readonly obstacles: readonly Obstacle[];
  /** Any one of these will do. */
  readonly ways: readonly Way[];
}

const CHANGE = ['update', 'patch', 'delete', 'deletecollection'] as const;
const ADMISSION = 'admissionregistration.k8s.io';

const right = (apiGroup: string, resource: string): AnyOf => [{ verbs: CHANGE, apiGroup, resource }];
const POLICIES = right(ADMISSION, 'validatingadmissionpolicies');
const BINDINGS = right(ADMISSION, 'validatingadmissionpolicybindings');
const WEBHOOKS = right(ADMISSION, 'validatingwebhookconfigurations');

/** What is looked up for every obstacle of every namespace. */
interface Index {
  /** Engine of a webhook configuration, by its name. */
  readonly byConfiguration: ReadonlyMap<string, string>;
  /** Engine of a policy. */
  readonly byPolicy: ReadonlyMap<string, string>;
  /** Right to weaken a policy of an engine, by its group and kind: one object for each, so that what roles give of it is worked out once. */
  readonly rights: ReadonlyMap<string, AnyOf>;
}

const policyKey = ({ apiGroup, kind, namespace = '', name }: Omit<Obstacle, 'says'>): string => [apiGroup, kind, namespace, name].join('/');

/** The plural of a kind whose definition was not read: as Gatekeeper, Kyverno and Kubewarden form theirs. */
function pluralOf(apiGroup: string, kind: string): string {
  const lower = kind.toLowerCase();
  if (apiGroup === 'constraints.gatekeeper.sh') return lower;
  return lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

const indexes = new WeakMap<Facts, Index>();

function indexOf(facts: Facts): Index {
  let index = indexes.get(facts);
  if (index === undefined) {
    const { webhooks, byEngine } = admissionOf(facts);
    const { customResourceDefinitions, enginePolicies } = facts.inventory.kubernetes;
    const plurals = new Map(customResourceDefinitions.map(({ group, kind, plural }) => [`${group}/${kind}`, plural]));
    const kinds = new Map(enginePolicies.map(({ apiGroup, kind }) => [`${apiGroup}/${kind}`, { apiGroup, kind }]));
    index = {
      byConfiguration: new Map(
        webhooks.flatMap(({ configuration, engine }) => (engine === undefined ? [] : [[configuration.name, engine.name] as const])),
      ),
      byPolicy: new Map(byEngine.flatMap(({ engine, refusing }) => refusing.map((one) => [policyKey(one), engine.name] as const))),
      rights: new Map([...kinds].map(([key, { apiGroup, kind }]) => [key, right(apiGroup, plurals.get(key) ?? pluralOf(apiGroup, kind))])),
    };
    indexes.set(facts, index);
  }
  return index;
}

function weakeningOf(facts: Facts, { kind, apiGroup, namespace = '', name }: Obstacle): Weakening {
  if (kind === 'ValidatingWebhookConfiguration') return { rights: WEBHOOKS, namespace, name };
  return { rights: indexOf(facts).rights.get(`${apiGroup}/${kind}`) ?? right(apiGroup, pluralOf(apiGroup, kind)), namespace, name };
}

/** The engine whose webhook or policy an obstacle is. */
const engineOf = (facts: Facts, obstacle: Obstacle): string | undefined =>
  obstacle.kind === 'ValidatingWebhookConfiguration'
    ? indexOf(facts).byConfiguration.get(obstacle.name)
    : indexOf(facts).byPolicy.get(policyKey(obstacle));

/** A policy can be changed, or every binding of it that denies. */
function policyWays(facts: Facts, obstacle: Obstacle): readonly Way[] {
  const bindings = admissionOf(facts).policies.filter(({ policy }) => policy.name === obstacle.name);
  return [
    { weakenings: [{ rights: POLICIES, namespace: '', name: obstacle.name }] },
    {
      weakenings: bindings.map(({ binding }) => ({
        rights: BINDINGS,
        namespace: '',
        name: binding.name,
      })),
    },
  ];
}

const KYVERNO_EXCEPTION: Way = {
  weakenings: [{ rights: [{ verbs: ['create'], apiGroup: 'kyverno.io', resource: 'policyexceptions' }], namespace: '*' }],
  hangsOn: 'Kyverno being set to look at PolicyExceptions',
};

/** An engine refuses nothing any more without its webhooks, or where all of its policies were changed. */
function engineWays(facts: Facts, engine: string, obstacles: readonly Obstacle[]): readonly Way[] {
  const webhooks = obstacles.filter(({ kind }) => kind === 'ValidatingWebhookConfiguration');
  const policies = obstacles.filter(({ kind }) => kind !== 'ValidatingWebhookConfiguration');
  const way = (list: readonly Obstacle[]): Way[] => (list.length === 0 ? [] : [{ weakenings: list.map((one) => weakeningOf(facts, one)) }]);
  const isKyverno = engine === 'Kyverno';
  const byWebhook = way(webhooks).map((one) =>
    isKyverno ? { ...one, hangsOn: 'the pod being made before Kyverno writes its webhooks anew' } : one,
  );
  return [...way(policies), ...byWebhook, ...(isKyverno ? [KYVERNO_EXCEPTION] : [])];
}

interface Known {
  readonly byNamespace: Map<string, readonly Guard[]>;
  /** Most namespaces have the same guards: one list for all of those. */
  readonly byObstacles: Map<string, readonly Guard[]>;
}

const remembered = new WeakMap<Facts, Known>();

function guardsAgainst(facts: Facts, obstacles: readonly Obstacle[]): readonly Guard[] {
  const byEngine = Map.groupBy(obstacles, (one) => engineOf(facts, one) ?? `${one.kind} ${one.name}`);
  return [...byEngine].map(([key, grouped]): Guard => {
    const [first] = grouped as [Obstacle];
    if (first.kind === 'ValidatingAdmissionPolicy') return { obstacles: grouped, ways: policyWays(facts, first) };
    if (key === `${first.kind} ${first.name}`) return { obstacles: grouped, ways: [{ weakenings: [weakeningOf(facts, first)] }] };
    return { obstacles: grouped, ways: engineWays(facts, key, grouped) };
  });
}

/** What may refuse a new pod in a namespace, and how each of it is taken away. Namespaces with the same guards get the same list. */
export function guardsIn(facts: Facts, namespace: string): readonly Guard[] {
  const known = remembered.get(facts) ?? { byNamespace: new Map(), byObstacles: new Map() };
  remembered.set(facts, known);
  let guards = known.byNamespace.get(namespace);
  if (guards === undefined) {
    const obstacles = obstaclesIn(facts, namespace, CREATE_POD);
    const key = obstacles.map(policyKey).join('\n');
    guards = known.byObstacles.get(key) ?? guardsAgainst(facts, obstacles);
    known.byObstacles.set(key, guards);
    known.byNamespace.set(namespace, guards);
  }
  return guards;
}
