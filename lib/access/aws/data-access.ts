import type { AwsResourcePolicy } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { evaluateAccess } from './access.ts';
import type { AwsWorld } from './aws-world.ts';
import { DATA_SERVICES, type DataService, servicesOfArn } from './data-stores.ts';
import type { AwsPrincipal } from './principal-statements.ts';
import { fittingArn, type Right, rightTo } from './right.ts';
import { actionApplies, type CompiledStatement } from './statement.ts';

/** Data that a principal may read or change, as a policy names it. */
export interface DataAccess {
  /** ARN or pattern of the data; of everything of a service in an account `arn:aws:s3:*:111122223333:*`. */
  readonly resource: string;
  readonly service: DataService;
  /** The best right to read and to change; one of them at least. */
  readonly read?: Right;
  readonly write?: Right;
}

interface Candidate {
  readonly resource: string;
  readonly service: DataService;
  /** An ARN that fits the pattern. */
  readonly example: string;
}

const everythingOf = ({ service, arnService }: DataService, partition: string, account: string): string =>
  `arn:${partition}:${arnService ?? service}:*:${account}:*`;

const OPEN = /^\*+$/;

/** Everything that a service keeps in the principal's account, and an example of it. */
function allOf(world: AwsWorld, principal: AwsPrincipal, service: DataService): Candidate {
  const partition = splitArn(principal.arn)?.partition ?? 'aws';
  const [region, account] = service.service === 's3' ? ['', ''] : [world.region, principal.account];
  const example = `arn:${partition}:${service.arnService ?? service.service}:${region}:${account}:${service.example}`;
  return { resource: everythingOf(service, partition, principal.account), service, example };
}

/** What one resource pattern of a statement means for a service; undefined: nothing that the service keeps. */
function candidate(
  world: AwsWorld,
  principal: AwsPrincipal,
  { pattern, service }: { pattern: string; service: DataService },
): Candidate | undefined {
  const fields = pattern.split(':', 6);
  if (fields.length < 6) return allOf(world, principal, service);
  const rest = pattern.slice(fields.slice(0, 5).join(':').length + 1);
  if (OPEN.test(rest)) {
    const own = fields[4] === '*' || fields[4] === '' || fields[4] === principal.account;
    return own ? allOf(world, principal, service) : undefined;
  }
  if (service.under !== undefined && !rest.startsWith(service.under) && !rest.startsWith('*')) return undefined;
  if (service.service !== 's3') return { resource: pattern, service, example: fittingArn(pattern, world, principal.account) ?? pattern };
  // Objects lie under a slash; a bucket by itself can be listed and no more, one by a pattern that is open at its end reaches objects.
  if (!rest.includes('/') && !rest.endsWith('*')) return undefined;
  const objects = rest.includes('/') ? pattern : `${pattern}/*`;
  return { resource: pattern, service, example: fittingArn(objects, world, principal.account) ?? pattern };
}

const actionsOf = ({ service, read, write }: DataService): string[] => [...read, ...write].map((action) => `${service}:${action}`);

const remembered = new WeakMap<CompiledStatement, readonly DataService[]>();

/** Services whose reading or changing actions the statement names: a managed policy's statement is asked once for all who have it. */
function servicesOf(compiled: CompiledStatement): readonly DataService[] {
  let services = remembered.get(compiled);
  if (services === undefined) {
    services = DATA_SERVICES.filter((service) => actionsOf(service).some((action) => actionApplies(compiled, action)));
    remembered.set(compiled, services);
  }
  return services;
}

/** The services whose data one resource pattern of a statement may be. */
function servicesNamed(services: readonly DataService[], pattern: string): readonly DataService[] {
  if (pattern.startsWith('*')) return services;
  const arn = splitArn(pattern);
  if (arn === undefined) return [];
  return arn.service === '*' ? services : servicesOfArn(arn.service).filter((service) => services.includes(service));
}

const keyOf = ({ resource, service }: Candidate): string => `${service.service} ${resource}`;

/** Data that the principal's own Allow statements name. */
function named(world: AwsWorld, principal: AwsPrincipal): Map<string, Candidate> {
  const found = new Map<string, Candidate>();
  for (const { compiled, statement } of world.held(principal).allows) {
    const services = servicesOf(compiled);
    for (const pattern of services.length === 0 ? [] : (statement.resources ?? ['*'])) {
      for (const service of servicesNamed(services, pattern)) {
        const one = candidate(world, principal, { pattern, service });
        if (one !== undefined) found.set(keyOf(one), one);
      }
    }
  }
  return found;
}

const byPolicies = new WeakMap<AwsWorld, ReadonlyMap<string, readonly Candidate[]>>();

/** What a resource with a policy keeps: of a bucket its objects. */
function candidatesOf({ arn }: AwsResourcePolicy): Candidate[] {
  return servicesOfArn(splitArn(arn)?.service ?? '').map((service) =>
    service.service === 's3' ? { resource: `${arn}/*`, service, example: `${arn}/any` } : { resource: arn, service, example: arn },
  );
}

/** Roles and users that Allow statements of a resource's policy name by their ARNs. */
function principalsOf(world: AwsWorld, { document }: AwsResourcePolicy): ReadonlySet<string> {
  const allows = (document?.statements ?? []).filter(({ effect }) => effect === 'Allow');
  const values = allows.flatMap(({ principals }) => principals ?? []).map(({ value }) => value);
  return new Set(values.filter((value) => world.principals.has(value)));
}

/** Data whose own policies name a role or user, by its ARN. Whoever names an account leaves it to the account's policies, which name the data. */
function namedByResources(world: AwsWorld): ReadonlyMap<string, readonly Candidate[]> {
  const known = byPolicies.get(world);
  if (known !== undefined) return known;
  const found = new Map<string, Candidate[]>();
  for (const policy of world.aws.resourcePolicies) {
    const candidates = candidatesOf(policy);
    for (const principal of principalsOf(world, policy)) found.set(principal, [...(found.get(principal) ?? []), ...candidates]);
  }
  byPolicies.set(world, found);
  return found;
}

/** The best right to any of some actions. */
function best(
  world: AwsWorld,
  principal: AwsPrincipal,
  { actions, example, byResource }: { actions: readonly string[]; example: string; byResource: boolean },
): Right | undefined {
  let found: Right | undefined;
  for (const action of actions) {
    const right = byResource ? grantedTo(world, principal, { action, example }) : rightTo(world, principal, { action, resource: example });
    if (right?.sure === true) return right;
    found ??= right;
  }
  return found;
}

/** The same where the resource's policy may be all that allows it. */
function grantedTo(world: AwsWorld, principal: AwsPrincipal, { action, example }: { action: string; example: string }): Right | undefined {
  const context = { values: new Map(), isAbsent: () => false };
  const { verdict, dependsOn } = evaluateAccess(world.index, { principal, action, resource: example, context });
  if (verdict !== 'Allowed' && verdict !== 'Conditional') return undefined;
  return { action, resource: example, sure: verdict === 'Allowed', dependsOn };
}

/**
 * Data that a principal may read or change: what its policies name, and what names it. Each is asked of one example that fits the pattern,
 * by everything that limits the principal; a Deny of a part of it is not seen.
 */
export function dataAccess(world: AwsWorld, principal: AwsPrincipal): readonly DataAccess[] {
  const own = named(world, principal);
  const granted = new Set<string>();
  for (const one of namedByResources(world).get(principal.arn) ?? []) {
    const key = keyOf(one);
    own.set(key, one);
    granted.add(key);
  }
  return [...own].flatMap(([key, { resource, service, example }]): DataAccess[] => {
    const byResource = granted.has(key);
    const full = (actions: readonly string[]): string[] => actions.map((action) => `${service.service}:${action}`);
    const read = best(world, principal, { actions: full(service.read), example, byResource });
    const write = best(world, principal, { actions: full(service.write), example, byResource });
    if (read === undefined && write === undefined) return [];
    return [{ resource, service, ...(read === undefined ? {} : { read }), ...(write === undefined ? {} : { write }) }];
  });
}
