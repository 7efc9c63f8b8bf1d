import type { Grant } from '../../access/rbac/bindings.ts';
import type { Guard, Way } from './guards.ts';
import { type AnyOf, covers, type Holding, holdings, type Part } from './rights.ts';

/** What it takes to get past every guard of a namespace. */
export interface Passage {
  readonly parts: readonly Part[];
  readonly hangsOn: readonly string[];
}

/** What one subject may do: its rights are looked up once, however many guards and namespaces there are. */
export interface Weakener {
  readonly held: (rights: AnyOf) => readonly Holding[];
  readonly passages: Map<readonly Guard[], Passage | undefined>;
}

export function weakenerOf(grants: readonly Grant[]): Weakener {
  const known = new Map<AnyOf, readonly Holding[]>();
  const held = (rights: AnyOf): readonly Holding[] => {
    const found = known.get(rights) ?? holdings(grants, rights);
    known.set(rights, found);
    return found;
  };
  return { held, passages: new Map() };
}

type Rules = Map<AnyOf, Set<Holding['by'][number]>>;

/** Rules by which a subject may do everything that one way takes; undefined: not everything. */
function rulesOfWay({ held }: Weakener, { weakenings }: Way): Rules | undefined {
  const rules: Rules = new Map();
  for (const { rights, namespace, name } of weakenings) {
    const fits = (holding: Holding): boolean =>
      (namespace === '*' || covers(holding, namespace)) && (holding.name === undefined || holding.name === name);
    const fitting = held(rights).filter(fits);
    if (fitting.length === 0) return undefined;
    const known = rules.get(rights) ?? new Set();
    rules.set(rights, known);
    for (const { by } of fitting) for (const one of by) known.add(one);
  }
  return rules;
}

/** A way past each guard; undefined: one of them stays. */
function findPassage(weakener: Weakener, guards: readonly Guard[]): Passage | undefined {
  const rules: Rules = new Map();
  const hangsOn = new Set<string>();
  for (const { ways } of guards) {
    const passed = ways.some((way) => {
      const found = rulesOfWay(weakener, way);
      for (const [rights, by] of found ?? []) rules.set(rights, new Set([...(rules.get(rights) ?? []), ...by]));
      if (found !== undefined && way.hangsOn !== undefined) hangsOn.add(way.hangsOn);
      return found !== undefined;
    });
    if (!passed) return undefined;
  }
  return { parts: [...rules].map(([rights, by]) => ({ rights, by: [...by] })), hangsOn: [...hangsOn] };
}

/** A way past every guard of a list; undefined: one of them stays. */
export function passageOf(weakener: Weakener, guards: readonly Guard[]): Passage | undefined {
  if (!weakener.passages.has(guards)) weakener.passages.set(guards, findPassage(weakener, guards));
  return weakener.passages.get(guards);
}
