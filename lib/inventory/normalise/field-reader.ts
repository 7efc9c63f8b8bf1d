/** An object of parsed JSON or YAML, whose fields may be anything. */
export type RawObject = { readonly [key: string]: unknown };

/** The first field of an object that is not what the API says it is. */
export interface Malformation {
  /** JSON pointer below the object. */
  readonly pointer: string;
  readonly expected: string;
}

const NO_ITEMS: readonly never[] = [];

/** `~` and `/` of a key as RFC 6901 writes them. */
export function pointerSegment(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/**
 * Reads fields by hand with explicit type checks and remembers the first that is wrong, for one object at a time.
 * zod would copy every object on the way, and reading 100,000 pods has to cost less than parsing them does.
 * `null` counts as absent, as it does for the API server.
 */
export class FieldReader {
  malformation: Malformation | undefined;

  /** Begins the next object. */
  reset(): void {
    this.malformation = undefined;
  }

  /** Remembers that `key` of the object at `at` is not `expected`. The first one stays. */
  fail(at: string, key: string, expected: string): undefined {
    this.malformation ??= { pointer: `${at}/${pointerSegment(key)}`, expected };
    return undefined;
  }

  string(object: RawObject, key: string, at: string): string | undefined {
    const value = object[key];
    if (typeof value === 'string') return value;
    return value === undefined || value === null ? undefined : this.fail(at, key, 'a string');
  }

  /** A string that has to be there and not empty. */
  name(object: RawObject, key: string, at: string): string {
    const value = object[key];
    if (typeof value === 'string' && value !== '') return value;
    this.fail(at, key, 'a string that is not empty');
    return '';
  }

  boolean(object: RawObject, key: string, at: string): boolean | undefined {
    const value = object[key];
    if (typeof value === 'boolean') return value;
    return value === undefined || value === null ? undefined : this.fail(at, key, 'true or false');
  }

  integer(object: RawObject, key: string, at: string): number | undefined {
    const value = object[key];
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    return value === undefined || value === null ? undefined : this.fail(at, key, 'a whole number');
  }

  object(object: RawObject, key: string, at: string): RawObject | undefined {
    const value = object[key];
    if (value === undefined || value === null) return undefined;
    return isObject(value) ? value : this.fail(at, key, 'an object');
  }

  /** Elements that are objects. After a wrong one the list is worthless, as its object is. */
  objects(object: RawObject, key: string, at: string): readonly RawObject[] {
    const value = object[key];
    if (value === undefined || value === null) return NO_ITEMS;
    if (!Array.isArray(value)) return this.fail(at, key, 'a list') ?? NO_ITEMS;
    for (let index = 0; index < value.length; index++) {
      if (!isObject(value[index])) return this.fail(`${at}/${key}`, String(index), 'an object') ?? NO_ITEMS;
    }
    return value;
  }

  strings(object: RawObject, key: string, at: string): readonly string[] {
    const value = object[key];
    if (value === undefined || value === null) return NO_ITEMS;
    if (!Array.isArray(value)) return this.fail(at, key, 'a list') ?? NO_ITEMS;
    for (let index = 0; index < value.length; index++) {
      if (typeof value[index] !== 'string') return this.fail(`${at}/${key}`, String(index), 'a string') ?? NO_ITEMS;
    }
    return value;
  }

  /** The `name` of every element, for lists of references. An element without a name refers to nothing. */
  names(object: RawObject, key: string, at: string): readonly string[] {
    const list = this.objects(object, key, at);
    if (list.length === 0) return NO_ITEMS;
    const names: string[] = [];
    for (let index = 0; index < list.length; index++) {
      const name = this.string(list[index] as RawObject, 'name', `${at}/${key}/${index}`);
      if (name !== undefined && name !== '') names.push(name);
    }
    return names;
  }
}

/** Whether a value is a JSON object: no list, no null, no scalar. */
export function isObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
