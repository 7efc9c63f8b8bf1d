import { describe, expect, it } from 'vitest';
import { KNOWN_WAYS } from './known-ways.ts';
import { techniques } from './techniques/index.ts';

/** How many rows each family of the reference has; together 89. */
const FAMILIES = { S: 13, E: 22, W: 20, I: 14, R: 10, C: 10 } as const;

describe('the index of known ways', () => {
  it('has every row once, in order', () => {
    const expected = Object.entries(FAMILIES).flatMap(([family, count]) =>
      Array.from({ length: count }, (_, place) => `${family}${place + 1}`),
    );
    expect(KNOWN_WAYS.map(({ row }) => row)).toEqual(expected);
    expect(expected).toHaveLength(89);
  });

  it('names techniques that are registered, or says why there is none', () => {
    for (const way of KNOWN_WAYS) {
      if ('notCovered' in way) expect(way.notCovered.length, way.row).toBeGreaterThan(30);
      else
        expect(
          way.techniques.filter((id) => techniques[id] === undefined),
          way.row,
        ).toEqual([]);
    }
  });

  it('leaves no technique of Kubernetes without a row', () => {
    const named = new Set(KNOWN_WAYS.flatMap((way) => ('techniques' in way ? way.techniques : [])));
    const own = Object.values(techniques).filter(({ class: group, id }) => group !== 'cloud' && !OF_OUR_OWN.has(id));
    expect(own.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });
});

/** What holds this graph together and no other tool has. */
const OF_OUR_OWN: ReadonlySet<string> = new Set(['owns', 'contains']);
