import type { PatchOperation } from './change.ts';
import { isJsonObject, objectOf } from './merge-patch.ts';

const DEPTH = 64;
/** RFC 6901, section 4: digits without a leading zero. */
const PLACE = /^(?:0|[1-9]\d{0,8})$/;

/** Breaks off with what is wrong with the operation. */
type Fail = (message: string) => never;

function segmentsOf(path: string, fail: Fail): readonly string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) return fail(`the path \`${path.slice(0, 200)}\` does not begin with \`/\``);
  const segments = path.slice(1).split('/');
  if (segments.length > DEPTH) return fail(`the path nests deeper than ${DEPTH} levels`);
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The same JSON, whatever the order of fields. */
function isSameJson(one: unknown, other: unknown): boolean {
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, place) => isSameJson(item, other[place]));
  }
  if (!isJsonObject(one)) return one === other;
  if (!isJsonObject(other)) return false;
  const entries = Object.entries(one);
  return (
    entries.length === Object.keys(other).length &&
    entries.every(([key, value]) => Object.hasOwn(other, key) && isSameJson(value, other[key]))
  );
}

/** One operation at the rest of its path. */
interface Step {
  readonly path: readonly string[];
  readonly operation: PatchOperation;
  readonly fail: Fail;
}

const missing = (segment: string): string => `there is nothing at \`${segment.slice(0, 200)}\``;

function changedList(list: readonly unknown[], { path: [segment = '', ...rest], operation, fail }: Step): unknown {
  const isLast = rest.length === 0;
  const isNew = operation.op === 'add' && isLast;
  const place = segment === '-' && isNew ? list.length : PLACE.test(segment) ? Number(segment) : -1;
  if (place < 0 || place > list.length || (place === list.length && !isNew)) return fail(missing(segment));
  const copy = [...list];
  if (isNew) copy.splice(place, 0, operation.value);
  else if (isLast && operation.op === 'remove') copy.splice(place, 1);
  else copy[place] = changed(list[place], { path: rest, operation, fail });
  return copy;
}

function changedWhole(target: unknown, { operation, fail }: Step): unknown {
  if (operation.op === 'remove') return fail('the whole object cannot be removed; delete it instead');
  if (operation.op !== 'test') return operation.value;
  return isSameJson(target, operation.value) ? target : fail('the test fails: something else is there');
}

function changed(target: unknown, step: Step): unknown {
  const { path, operation, fail } = step;
  const [segment, ...rest] = path;
  if (segment === undefined) return changedWhole(target, step);
  if (Array.isArray(target)) return changedList(target, step);
  const isLast = rest.length === 0;
  const isNew = operation.op === 'add' && isLast;
  if (!isJsonObject(target) || !(Object.hasOwn(target, segment) || isNew)) return fail(missing(segment));
  const fields = new Map(Object.entries(target));
  if (isLast && operation.op === 'remove') fields.delete(segment);
  else fields.set(segment, isNew ? operation.value : changed(target[segment], { path: rest, operation, fail }));
  return objectOf(fields);
}

/**
 * What a JSON Patch makes of a value; the value itself stays as it is. `fail` is told of an operation that does not fit: then nothing counts.
 * Source: RFC 6902; pointers: RFC 6901.
 */
export function jsonPatch(target: unknown, operations: readonly PatchOperation[], fail: Fail): unknown {
  return operations.reduce((value, operation, index) => {
    const failHere: Fail = (message) => fail(`operation ${index}: ${message}`);
    return changed(value, { path: segmentsOf(operation.path, failHere), operation, fail: failHere });
  }, target);
}
