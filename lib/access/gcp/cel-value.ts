/** A value of a CEL expression, as far as it is known at rest. */
export type CelValue = string | bigint | number | boolean | null | CelTime | CelOpen | CelList | CelMap;

/** Milliseconds since 1970, UTC. */
export interface CelTime {
  readonly time: number;
}

/** What it hangs on, in words. */
export interface CelOpen {
  readonly open: readonly string[];
}

export interface CelList {
  readonly items: readonly CelValue[];
}

export interface CelMap {
  readonly entries: ReadonlyMap<string, CelValue>;
}

export const openValue = (...on: readonly string[]): CelOpen => ({ open: on });

const isRecord = (value: CelValue): value is CelTime | CelOpen | CelList | CelMap => typeof value === 'object' && value !== null;
export const isOpenValue = (value: CelValue): value is CelOpen => isRecord(value) && 'open' in value;
const isTime = (value: CelValue): value is CelTime => isRecord(value) && 'time' in value;
export const isList = (value: CelValue): value is CelList => isRecord(value) && 'items' in value;
export const isMap = (value: CelValue): value is CelMap => isRecord(value) && 'entries' in value;

// RFC 3339, as `timestamp()` takes it: `2024-01-01T00:00:00Z`.
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds of a time as RFC 3339 writes it; undefined: it is none. */
export function timeOf(text: string): number | undefined {
  const time = RFC3339.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** -1, 0 or 1; undefined: the two do not compare. Integers and doubles compare with each other, as CEL has it. */
export function compareValues(one: CelValue, other: CelValue): number | undefined {
  if (isTime(one) && isTime(other)) return Math.sign(one.time - other.time);
  const numbers = isNumber(one) && isNumber(other);
  if (numbers || (typeof one === 'string' && typeof other === 'string') || (typeof one === 'boolean' && typeof other === 'boolean'))
    return one < other ? -1 : one > other ? 1 : 0;
  return undefined;
}

const isNumber = (value: CelValue): value is bigint | number => typeof value === 'bigint' || typeof value === 'number';
