/** Records of our own: objects, lists and maps of scalars. */
type Plain = { readonly [key: string]: unknown };

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map);

/** Whether two records say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((item, at) => isSame(item, other[at]));
  }
  if (one instanceof Map || other instanceof Map) {
    return (
      one instanceof Map && other instanceof Map && one.size === other.size && [...one].every(([key, value]) => other.get(key) === value)
    );
  }
  if (!isPlain(one) || !isPlain(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]));
}

/** What tells items of a list apart when a list is changed in two places at once; undefined: nothing does. */
function itemKey(item: unknown): string | undefined {
  if (typeof item === 'string') return item;
  if (!isPlain(item)) return undefined;
  const parts = [
    item.list,
    item.mountPath ?? item.name ?? item.key ?? item.secret,
    item.mountPath === undefined ? item.pointer : undefined,
  ];
  return JSON.stringify([...parts, item.operator, item.effect, item.containerPort, item.protocol, item.path]);
}

function mergedList(base: readonly unknown[], next: readonly unknown[], live: readonly unknown[]): unknown {
  const byKey = (list: readonly unknown[]): Map<string | undefined, unknown> => new Map(list.map((item) => [itemKey(item), item]));
  const [before, made] = [byKey(base), byKey(next)];
  if (before.has(undefined) || made.has(undefined)) return next;
  const ran = byKey(live);
  const kept = next.map((item) => {
    const key = itemKey(item);
    return ran.has(key) ? threeWay(before.get(key), item, ran.get(key)) : item;
  });
  const added = live.filter((item) => !before.has(itemKey(item)) && !made.has(itemKey(item)));
  return [...kept, ...added];
}

/**
 * What a live copy of a template becomes when the template changes from `base` to `next`: what the template says, and what admission had added to the
 * copy beside it. Items of lists are told apart by their names.
 */
export function threeWay(base: unknown, next: unknown, live: unknown): unknown {
  if (isSame(base, next)) return live;
  if (isSame(base, live)) return next;
  if (Array.isArray(next) && Array.isArray(live)) return mergedList(Array.isArray(base) ? base : [], next, live);
  if (next instanceof Map && live instanceof Map) {
    const before = base instanceof Map ? base : new Map();
    return new Map(
      [...next, ...[...live].filter(([key]) => !before.has(key) && !next.has(key))].sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  }
  if (!isPlain(next) || !isPlain(live)) return next;
  const before = isPlain(base) ? base : {};
  const keys = new Set([...Object.keys(next), ...Object.keys(live)]);
  const entries = [...keys].map((key) => [key, threeWay(before[key], next[key], live[key])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
