import type { AwsRole, AwsUser } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { matchesPattern, type Pattern } from '../pattern.ts';
import {
  ACCESS_LEVELS,
  type AccessLevel,
  type ActionCatalog,
  type CatalogAction,
  type CatalogResourceType,
  type CatalogService,
  formatOf,
} from './action-catalog.ts';
import type { AwsIndex } from './aws-index.ts';
import { patternCovers, patternsMayMeet } from './pattern-cover.ts';
import type { PlacedStatement } from './permissions.ts';
import type { PlacedPolicy } from './policy-set.ts';
import { principalPolicies } from './principal-policies.ts';
import { requestContext } from './request-context.ts';
import { type CompiledStatement, statementPointer } from './statement.ts';
import { actionPattern, type Cell, cellsOf, conditionsOf, type Left, leftOf, type Narrowing, narrowingOf } from './statement-reach.ts';

/** So many actions are named; `count` has all. */
const NAMED = 25;

/** What a principal may do with a service at one access level. */
export interface LevelPermissions {
  readonly level: AccessLevel;
  /** Actions that are allowed on some resource, those that hang on something included. */
  readonly count: number;
  /** Those of them that hang on a condition, or of which a Deny, the boundary or the organisation leaves a part. */
  readonly conditional: number;
  /** The first 25, sorted, without the service. */
  readonly actions: readonly string[];
  readonly statements: readonly PlacedStatement[];
}

export interface ServicePermissions {
  readonly service: string;
  readonly name: string;
  readonly category?: string;
  /** From list to permissions management; levels with nothing are left out. */
  readonly accessLevels: readonly LevelPermissions[];
}

interface Source {
  readonly placed: PlacedStatement;
  readonly compiled: CompiledStatement;
  readonly cells: readonly Cell[];
}

/** What was found of one action. */
interface Found {
  sure: boolean;
  readonly sources: Set<Source>;
}

interface Asking {
  readonly index: AwsIndex;
  readonly principal: AwsRole | AwsUser;
  readonly narrowing: Narrowing;
}

const remembered = new WeakMap<ActionCatalog, WeakMap<AwsIndex, WeakMap<AwsRole | AwsUser, readonly ServicePermissions[]>>>();

/**
 * What a principal's own policies let it do, by service and access level, after its Deny statements, its permissions boundary and the service
 * control policies above it: every action of the catalogue that an Allow names on a resource that the action works on. Policies of resources
 * are not looked at. Services in the catalogue's order; worked out once for a principal.
 */
export function effectivePermissions(index: AwsIndex, principal: AwsRole | AwsUser, catalog: ActionCatalog): readonly ServicePermissions[] {
  const principals = kept(
    kept(remembered, catalog, () => new WeakMap()),
    index,
    () => new WeakMap(),
  );
  return kept(principals, principal, () => workOut({ index, principal, narrowing: narrowingOf(index, principal) }, catalog));
}

/** What the map has for the key, made where it has nothing. */
function kept<Key extends WeakKey, Value>(map: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function workOut(asking: Asking, catalog: ActionCatalog): ServicePermissions[] {
  const { index, principal } = asking;
  const sources = principalPolicies(index, principal).identity.policies.flatMap((policy) =>
    policy.compiled.statements
      .filter(({ source }) => source.effect === 'Allow')
      .map((compiled): Source => ({ placed: placedStatement(policy, compiled), compiled, cells: cellsOf(index, principal, compiled) })),
  );
  return catalog.services.flatMap((service) => {
    const found = new Map<CatalogAction, Found>();
    for (const source of sources) for (const cell of source.cells) addCell(asking, { service, source, cell, found });
    return found.size === 0 ? [] : [summary(service, found)];
  });
}

interface CellQuestion {
  readonly service: CatalogService;
  readonly source: Source;
  readonly cell: Cell;
  readonly found: Map<CatalogAction, Found>;
}

/** Adds the service's actions that a cell gives. The whole service is asked first; action by action only where that leaves a part. */
function addCell({ index, principal, narrowing }: Asking, { service, source, cell: wide, found }: CellQuestion): void {
  const all = actionPattern(`${service.service}:*`);
  if (!patternsMayMeet(wide.action, all) || wide.notActions.some((one) => patternCovers(one, all))) return;
  const worksOn = resourcesOf(service, wide, splitArn(principal.arn)?.partition ?? 'aws');
  if (worksOn === undefined) return;
  const context = requestContext(index, { principal, action: `${service.service}:*`, resource: wide.text, owner: principal.account });
  const holds = conditionsOf(source.compiled, context);
  if (holds === false) return;
  const cell: Cell = { ...wide, context };
  const whole = patternCovers(wide.action, all) && !wide.notActions.some((one) => patternsMayMeet(one, all));
  const ofAll = whole ? leftOf({ ...cell, action: all }, narrowing).left : 'part';
  for (const action of service.actions) {
    if (!worksOn(action)) continue;
    const exact = actionPattern(`${service.service}:${action.name}`);
    if (!whole && !names(wide, exact)) continue;
    const left: Left = ofAll === 'part' ? leftOf({ ...cell, action: exact }, narrowing).left : ofAll;
    if (left !== 'none') add(found, action, { sure: left === 'whole' && holds === true, source });
  }
}

const names = ({ action, notActions }: Cell, exact: Pattern): boolean =>
  patternCovers(action, exact) && !notActions.some((one) => patternCovers(one, exact));

/** Which actions of the service a cell's resources fit: those of no resource need `*`. Undefined: none at all. */
function resourcesOf(service: CatalogService, cell: Cell, partition: string): ((action: CatalogAction) => boolean) | undefined {
  if (matchesPattern(cell.resource, '*')) return () => true;
  const types = typesOf(service, cell, partition);
  return types.size === 0 ? undefined : ({ on }) => on.some((type) => types.has(type));
}

function add(
  found: Map<CatalogAction, Found>,
  action: CatalogAction,
  { sure, source }: { readonly sure: boolean; readonly source: Source },
): void {
  const known = found.get(action);
  if (known === undefined) found.set(action, { sure, sources: new Set([source]) });
  else {
    known.sure ||= sure;
    known.sources.add(source);
  }
}

/** Names of the service's kinds of resource that a cell may be about. */
function typesOf({ service, resourceTypes }: CatalogService, cell: Cell, partition: string): ReadonlySet<string> {
  const fits = (type: CatalogResourceType): boolean => {
    // A bucket's name has no slash, though the `*` of its format would match one: `bucket/*` is about objects.
    if (service === 's3' && type.name === 'bucket' && cell.text.includes('/')) return false;
    const format = formatOf(type, partition);
    return patternsMayMeet(format, cell.resource) && !cell.notResources.some((one) => patternCovers(one, format));
  };
  return new Set(resourceTypes.filter(fits).map(({ name }) => name));
}

function summary({ service, name, category }: CatalogService, found: ReadonlyMap<CatalogAction, Found>): ServicePermissions {
  const accessLevels = ACCESS_LEVELS.flatMap((level): LevelPermissions[] => {
    const of = [...found].filter(([action]) => action.level === level);
    if (of.length === 0) return [];
    const actions = of.map(([action]) => action.name).sort();
    const statements = new Set(of.flatMap(([, { sources }]) => [...sources]));
    return [
      {
        level,
        count: of.length,
        conditional: of.filter(([, { sure }]) => !sure).length,
        actions: actions.slice(0, NAMED),
        statements: [...statements].map(({ placed }) => placed),
      },
    ];
  });
  return { service, name, ...(category === undefined ? {} : { category }), accessLevels };
}

function placedStatement({ kind, policy, pointer }: PlacedPolicy, { source }: CompiledStatement): PlacedStatement {
  return { kind: kind === 'inline' ? 'inline' : 'managed', policy, pointer: `${pointer}${statementPointer(source)}`, statement: source };
}
