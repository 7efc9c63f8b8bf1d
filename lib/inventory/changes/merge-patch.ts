/** A JSON value as parsed. */
type Json = { readonly [key: string]: unknown };

export const isJsonObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of entries. Keys come from strangers: `__proto__` becomes a field like any other, never a prototype. */
export const objectOf = (entries: Iterable<readonly [string, unknown]>): Json => Object.fromEntries(entries);

/** What a JSON Merge Patch makes of a value: null takes a field away, lists are replaced whole. Nesting is the reader's to bound. Source: RFC 7386, section 2. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch;
  // Fields that are new and null have nothing to take away, at any depth.
  const merged = new Map<string, unknown>(isJsonObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return objectOf(merged);
}
