import type { Bounded, ServicePermissions } from '../../../api/identities-contract.ts';

/** One thing that an identity may do, as a policy, binding or assignment says it. */
export interface Grant {
  readonly service: string;
  readonly level: string;
  readonly action: string;
  /** What gives it, in words. */
  readonly by: string;
  readonly conditional: boolean;
}

const MOST_SERVICES = 100;
const MOST_ACTIONS = 20;
const MOST_STATEMENTS = 20;

/** Levels in the order of how much they matter; others come after them by name. */
const LEVELS = ['Everything', 'Permissions management', 'Write', 'Action', 'Data write', 'Data read', 'Tagging', 'Read', 'List'];

interface Level {
  /** Action → whether every grant of it is conditional. */
  readonly actions: Map<string, boolean>;
  readonly statements: Set<string>;
}

/** Groups grants by service and access level. An action is conditional where every grant of it is. */
export function serviceTable(grants: Iterable<Grant>): Bounded<ServicePermissions> {
  const services = new Map<string, Map<string, Level>>();
  for (const { service, level, action, by, conditional } of grants) {
    const levels = services.get(service) ?? new Map<string, Level>();
    services.set(service, levels);
    const found = levels.get(level) ?? { actions: new Map<string, boolean>(), statements: new Set<string>() };
    levels.set(level, found);
    found.actions.set(action, conditional && found.actions.get(action) !== false);
    found.statements.add(by);
  }
  const items = [...services]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, MOST_SERVICES)
    .map(([service, levels]) => ({ service, accessLevels: [...levels].sort(([one], [other]) => rank(one) - rank(other)).map(levelOf) }));
  return { total: services.size, items };
}

const rank = (level: string): number => (LEVELS.includes(level) ? LEVELS.indexOf(level) : LEVELS.length);

const levelOf = ([level, { actions, statements }]: [string, Level]): ServicePermissions['accessLevels'][number] => ({
  level,
  count: actions.size,
  actions: [...actions.keys()].sort().slice(0, MOST_ACTIONS),
  statements: [...statements].slice(0, MOST_STATEMENTS),
  conditional: [...actions.values()].filter((hangs) => hangs).length,
});
