import type { PodSpec, StringMap } from '../kubernetes.ts';
import { type FieldReader, isObject, type RawObject } from './field-reader.ts';

const NO_ENTRIES: StringMap = new Map();

interface MapOptions {
  readonly fields: FieldReader;
  readonly at: string;
  /** Chooses keys; without it all stay. */
  readonly keep?: (key: string) => boolean;
  /** A pooled map that is probably equal. Comparing is much cheaper than finding. */
  readonly likely?: StringMap | undefined;
}

/** Keeps equal strings, maps and pod specs as one object in memory: most of 100,000 pods are copies of a few templates. */
export class Pool {
  readonly #strings = new Map<string, string>();
  readonly #maps = new Map<string, StringMap>();
  readonly #specs = new Map<string, PodSpec>();

  string(value: string): string {
    const known = this.#strings.get(value);
    if (known !== undefined) return known;
    this.#strings.set(value, value);
    return value;
  }

  /** A string map of the API, sorted by key. */
  map(object: RawObject, key: string, options: MapOptions): StringMap {
    const { fields, at, keep, likely } = options;
    const value = object[key];
    if (value === undefined || value === null) return NO_ENTRIES;
    if (!isObject(value)) {
      fields.fail(at, key, 'an object');
      return NO_ENTRIES;
    }
    const picked = keep === undefined ? value : pick(value, keep);
    if (picked === undefined) return NO_ENTRIES;
    if (likely !== undefined && says(picked, likely)) return likely;
    if (!holdsStrings(picked, `${at}/${key}`, fields)) return NO_ENTRIES;
    const text = JSON.stringify(picked);
    const known = this.#maps.get(text);
    if (known !== undefined) return known;
    const made = this.#newMap(picked);
    this.#maps.set(text, made);
    return made;
  }

  #newMap(object: RawObject): StringMap {
    const entries = Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1));
    // `null` is how some writers print an empty value; the API server reads it as such.
    return new Map(entries.map(([name, value]) => [this.string(name), this.string(typeof value === 'string' ? value : '')]));
  }

  /** The first spec that was equal. Its JSON names everything but the one map in it. */
  spec(spec: PodSpec): PodSpec {
    const text = JSON.stringify(spec) + (spec.nodeSelector.size === 0 ? '' : JSON.stringify([...spec.nodeSelector]));
    const known = this.#specs.get(text);
    if (known !== undefined) return known;
    this.#specs.set(text, spec);
    return spec;
  }
}

/** Looked at before JSON.stringify, which would run out of stack on brackets nested by the million. */
function holdsStrings(object: RawObject, at: string, fields: FieldReader): boolean {
  for (const name in object) {
    const value = object[name];
    if (typeof value === 'string' || value === null) continue;
    fields.fail(at, name, 'a string');
    return false;
  }
  return true;
}

/** The entries that `keep` chooses; undefined: none. */
function pick(object: RawObject, keep: (key: string) => boolean): RawObject | undefined {
  let picked: [string, unknown][] | undefined;
  for (const name in object) {
    if (!keep(name)) continue;
    picked ??= [];
    picked.push([name, object[name]]);
  }
  // Not assignment: a key may be `__proto__`.
  return picked === undefined ? undefined : Object.fromEntries(picked);
}

function says(object: RawObject, map: StringMap): boolean {
  let entries = 0;
  for (const name in object) {
    if (map.get(name) !== object[name]) return false;
    entries++;
  }
  return entries === map.size;
}
