import type { Gap } from '../inventory/gap.ts';

/** A gap of one thing of many: `name` is which one. */
export type NamedGap = Omit<Gap, 'id' | 'where'> & { readonly place: string; readonly name?: string };

const SHOWN = 10;

/** Collects gaps that differ in a name only and tells them as one: a right that is missing may hit thousands of resources. */
export class GapTally {
  readonly #groups = new Map<string, { readonly gap: NamedGap; readonly names: string[] }>();

  add(gap: NamedGap): void {
    const { name, ...same } = gap;
    const key = JSON.stringify(same);
    const group = this.#groups.get(key) ?? { gap, names: [] };
    this.#groups.set(key, group);
    if (name !== undefined) group.names.push(name);
  }

  /** Every group as one gap, whose `where` is the place and the first names. */
  gaps(): Omit<Gap, 'id'>[] {
    return [...this.#groups.values()].map(({ gap: { name: _name, place, ...gap }, names }) => ({ ...gap, where: whereOf(place, names) }));
  }
}

function whereOf(place: string, names: readonly string[]): string {
  if (names.length === 0) return place;
  const shown = [...names]
    .sort()
    .slice(0, SHOWN)
    .map((name) => `\`${name.slice(0, 200)}\``)
    .join(', ');
  return names.length > SHOWN ? `${place}: ${shown} and ${names.length - SHOWN} more` : `${place}: ${shown}`;
}
