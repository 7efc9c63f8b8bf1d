import type { KubernetesInventory } from '../inventory.ts';
import { compareText } from '../normalise/record-store.ts';
import type { ObjectName } from './change.ts';
import { groupOf, keptKind, type ListName } from './kept-kinds.ts';

/** What every record has. */
export interface KeptRecord {
  readonly kind?: string;
  readonly apiGroup?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
}

/** A record and the list that it is in. */
export interface Kept<Entry extends KeptRecord = KeptRecord> {
  readonly list: ListName;
  readonly record: Entry;
}

/** Lists of several kinds, each of whose records says its own. */
const SEVERAL: ReadonlySet<ListName> = new Set([
  'roles',
  'bindings',
  'workloads',
  'webhookConfigurations',
  'routes',
  'admissionPolicies',
  'admissionPolicyBindings',
  'enginePolicies',
]);

/** The kind of a record's object, where its list holds several: a definition's record has a kind too, and means another thing by it. */
const kindIn = ({ kind = '' }: KeptRecord, list: ListName): string => (SEVERAL.has(list) ? kind : '');

const length = (text: string): string => `${text.length}:${text}`;

/** One text for one object; lengths keep hostile names from passing for others. Kinds of many groups (those of policy engines) have theirs in it. */
function keyOf(record: KeptRecord, list: ListName): string {
  const { apiGroup = '', namespace = '', name } = record;
  return length(kindIn(record, list)) + (list === 'enginePolicies' ? length(apiGroup) : '') + length(namespace) + name;
}

const inOrder =
  (list: ListName) =>
  (one: KeptRecord, other: KeptRecord): number =>
    compareText(one.namespace, other.namespace) || compareText(kindIn(one, list), kindIn(other, list)) || compareText(one.name, other.name);

/** The objects of a world while changes are made to them. Lists that nothing touches stay the same lists. */
export class KeptObjects {
  readonly #base: KubernetesInventory;
  readonly #touched = new Map<ListName, Map<string, KeptRecord>>();
  readonly #lookups = new Map<ListName, Map<string, KeptRecord>>();

  constructor(base: KubernetesInventory) {
    this.#base = base;
  }

  /** Where objects of this name are kept, and the one that is; undefined: the inventory keeps no such kind. */
  find(target: ObjectName): { readonly list: ListName; readonly record: KeptRecord | undefined } | undefined {
    const { kind, apiVersion, name } = target;
    const kept = keptKind(kind, apiVersion);
    if (kept === undefined) return this.#findPolicy(target);
    const namespace = kept.namespaced ? (target.namespace ?? 'default') : undefined;
    const key = keyOf({ name, kind, ...(namespace === undefined ? {} : { namespace }) }, kept.list);
    return { list: kept.list, record: this.#lookup(kept.list).get(key) };
  }

  /** The policies of engines have kinds of any name: the record says which. */
  #findPolicy({ kind, apiVersion, namespace, name }: ObjectName): ReturnType<KeptObjects['find']> {
    const isOfKind = (one: KeptRecord): boolean => one.kind === kind && (apiVersion === undefined || one.apiGroup === groupOf(apiVersion));
    const ofKind = this.all('enginePolicies').filter(isOfKind);
    if (ofKind.length === 0) return undefined;
    const record = ofKind.find((one) => one.name === name && (one.namespace ?? 'default') === (namespace ?? 'default'));
    return { list: 'enginePolicies', record };
  }

  #lookup(list: ListName): Map<string, KeptRecord> {
    const known = this.#touched.get(list) ?? this.#lookups.get(list);
    if (known !== undefined) return known;
    const made = new Map((this.#base[list] as readonly KeptRecord[]).map((record) => [keyOf(record, list), record]));
    this.#lookups.set(list, made);
    return made;
  }

  #touch(list: ListName): Map<string, KeptRecord> {
    const known = this.#lookup(list);
    this.#touched.set(list, known);
    return known;
  }

  all<List extends ListName>(list: List): readonly KubernetesInventory[List][number][] {
    const touched = this.#touched.get(list);
    return (touched === undefined ? this.#base[list] : [...touched.values()]) as readonly KubernetesInventory[List][number][];
  }

  /** Those of a list that are of a kind. */
  ofKind(list: ListName, kind: string): readonly KeptRecord[] {
    const records: readonly KeptRecord[] = this.all(list);
    return SEVERAL.has(list) ? records.filter((one) => one.kind === kind) : records;
  }

  /** Puts a record into the world, in the place of the one of its name. */
  set<List extends ListName>(list: List, record: KubernetesInventory[List][number]): void {
    this.#touch(list).set(keyOf(record, list), record);
  }

  remove({ list, record }: Kept): boolean {
    return this.#touch(list).delete(keyOf(record, list));
  }

  /** Removes those of a list that are chosen, and says how many. */
  removeAll<List extends ListName>(list: List, isGone: (record: KubernetesInventory[List][number]) => boolean): number {
    const gone = this.all(list).filter(isGone);
    for (const record of gone) this.remove({ list, record });
    return gone.length;
  }

  /** The world as it is now, in the order of an inventory. */
  finish(): KubernetesInventory {
    const changed = [...this.#touched].map(([list, records]) => [list, [...records.values()].sort(inOrder(list))] as const);
    return { ...this.#base, ...(Object.fromEntries(changed) as Partial<KubernetesInventory>) };
  }
}
