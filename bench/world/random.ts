/** A small seeded generator (mulberry32): the same seed gives the same cluster, byte for byte. */
export interface Random {
  /** A whole number from 0 up to, not including, `below`. */
  readonly below: (below: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  /** Lower-case letters and digits as Kubernetes uses them in generated names. */
  readonly suffix: (length: number) => string;
  readonly uid: () => string;
}

const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const HEX = '0123456789abcdef';

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  const letters = (alphabet: string, length: number): string => {
    let text = '';
    for (let index = 0; index < length; index += 1) text += alphabet[below(alphabet.length)] ?? '';
    return text;
  };
  return {
    below,
    pick: (from) => {
      const chosen = from[below(from.length)];
      if (chosen === undefined) throw new Error('cannot pick from nothing');
      return chosen;
    },
    suffix: (length) => letters(SUFFIX_LETTERS, length),
    uid: () => [8, 4, 4, 4, 12].map((length) => letters(HEX, length)).join('-'),
  };
}
