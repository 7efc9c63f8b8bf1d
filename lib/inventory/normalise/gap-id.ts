import type { Gap } from '../gap.ts';

/** The gap with an id that depends on nothing but what it says: the same gap of the same world has the same id. */
export function withGapId(gap: Omit<Gap, 'id'>): Gap {
  const { source, what, where, why, permission, file, pointer, offset } = gap;
  return { id: `gap-${hash53(JSON.stringify([source, what, where, why, permission, file, pointer, offset]))}`, ...gap };
}

/** cyrb53 by bryc (public domain): 53 bits, enough to tell some thousands of gaps apart; nobody is to be kept from making two alike. */
export function hash53(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
