import type { Pod } from '../kubernetes.ts';
import { GENERATED_TOKEN_VOLUME, TOKEN_VOLUME } from '../token-volume.ts';
import { isObject, type RawObject } from './field-reader.ts';
import { onlyNamesItsNode } from './scheduling.ts';

/** Lists are sorted by name, so copies of a template stand together; a few owners are enough. */
const OWNERS = 64;
/** Deeper than any field that a pod spec has; what is deeper is taken to differ. */
const DEPTH = 24;

/** What `podSpecOf` reads, but for affinity, volumes and containers. What is not here may differ between copies: node, host name. */
const COMPARED = [
  'serviceAccountName',
  'serviceAccount',
  'automountServiceAccountToken',
  'hostNetwork',
  'hostPID',
  'hostUsers',
  'hostIPC',
  'shareProcessNamespace',
  'securityContext',
  'imagePullSecrets',
  'nodeSelector',
  'tolerations',
  'runtimeClassName',
  'os',
] as const;
const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** A pod that was read, with the spec as it came. */
export interface Sibling {
  readonly raw: RawObject;
  readonly pod: Pod;
}

/**
 * The last pod of each of the last owners. Most pods are copies of their sibling, and to compare two specs as they came is
 * several times cheaper than to read one.
 */
export class Siblings {
  readonly #byOwner = new Map<string, Sibling>();

  of(ownerUid: string): Sibling | undefined {
    return this.#byOwner.get(ownerUid);
  }

  /** Forgets the specs as they came: literal environment values stand in them. */
  clear(): void {
    this.#byOwner.clear();
  }

  set(ownerUid: string, sibling: Sibling): void {
    this.#byOwner.delete(ownerUid);
    this.#byOwner.set(ownerUid, sibling);
    if (this.#byOwner.size <= OWNERS) return;
    for (const oldest of this.#byOwner.keys()) {
      this.#byOwner.delete(oldest);
      return;
    }
  }
}

/** Whether `podSpecOf` makes the same of both specs; false where it is not seen at once. */
export function areCopies(one: RawObject, other: RawObject): boolean {
  for (const key of COMPARED) if (!isSame(one[key], other[key], DEPTH)) return false;
  if (!areSameAffinity(one, other)) return false;
  // A source that reads a text once for all its copies gives them one list.
  if (one.volumes === other.volumes && CONTAINER_LISTS.every((list) => one[list] === other[list])) return true;
  const names = generatedNames(one.volumes, other.volumes);
  if (names === undefined || !areSameNamed(one.volumes, other.volumes, names)) return false;
  return CONTAINER_LISTS.every((list) => areSameContainers(one[list], other[list], names));
}

/** Most pods have none, and those of a DaemonSet have their node's name alone, each its own. */
function areSameAffinity(one: RawObject, other: RawObject): boolean {
  if (one.affinity === undefined && other.affinity === undefined) return true;
  const names = onlyNamesItsNode(one);
  return names === onlyNamesItsNode(other) && (names || isSame(one.affinity, other.affinity, DEPTH));
}

/** The names of the token volumes that the API server generated, at the same index of both; empty: there are none. */
interface GeneratedNames {
  readonly one: string;
  readonly other: string;
}

const NO_NAMES: GeneratedNames = { one: '', other: '' };

function generatedNames(one: unknown, other: unknown): GeneratedNames | undefined {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other ? NO_NAMES : undefined;
  const [first, second] = [indexOfGenerated(one), indexOfGenerated(other)];
  // Two such volumes, or a name that only looks generated: volumes.ts decides.
  if (first !== second || first === 'unclear') return undefined;
  return first === -1 ? NO_NAMES : { one: one[first].name, other: other[second as number].name };
}

function indexOfGenerated(volumes: readonly unknown[]): number | 'unclear' {
  let found = -1;
  for (let index = 0; index < volumes.length; index++) {
    const volume = volumes[index];
    const name = isObject(volume) ? volume.name : undefined;
    if (typeof name !== 'string' || !name.startsWith(TOKEN_VOLUME)) continue;
    if (found >= 0 || !GENERATED_TOKEN_VOLUME.test(name)) return 'unclear';
    found = index;
  }
  return found;
}

function areSameContainers(one: unknown, other: unknown, names: GeneratedNames): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  if (one.length !== other.length) return false;
  return one.every((container, index) =>
    isSameBut(container, other[index], 'volumeMounts', (mounts, others) => areSameNamed(mounts, others, names)),
  );
}

/** Lists of volumes or mounts, where the generated names count as the same name. */
function areSameNamed(one: unknown, other: unknown, names: GeneratedNames): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  if (one.length !== other.length) return false;
  const isSameName = (name: unknown, its: unknown): boolean =>
    name === names.one || its === names.other ? name === names.one && its === names.other : name === its;
  return one.every((element, index) => isSameBut(element, other[index], 'name', isSameName));
}

/** Whether two objects are the same, one field of them compared in its own way. */
function isSameBut(one: unknown, other: unknown, field: string, isSameField: (one: unknown, other: unknown) => boolean): boolean {
  if (!isObject(one) || !isObject(other)) return false;
  let keys = 0;
  for (const key in one) {
    if (key === field ? !isSameField(one[key], other[key]) : !isSame(one[key], other[key], DEPTH)) return false;
    keys++;
  }
  for (const _ in other) keys--;
  return keys === 0;
}

/** Whether two parsed JSON values are the same. */
function isSame(one: unknown, other: unknown, depth: number): boolean {
  if (one === other) return true;
  if (depth === 0 || typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let index = 0; index < one.length; index++) if (!isSame(one[index], other[index], depth - 1)) return false;
    return true;
  }
  if (Array.isArray(other)) return false;
  return areSameObjects(one as RawObject, other as RawObject, depth);
}

function areSameObjects(one: RawObject, other: RawObject, depth: number): boolean {
  let keys = 0;
  for (const key in one) {
    if (!isSame(one[key], other[key], depth - 1)) return false;
    keys++;
  }
  for (const _ in other) keys--;
  return keys === 0;
}
