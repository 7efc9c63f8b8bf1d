/** What every record of the Kubernetes half has. */
export interface Keyed {
  readonly namespace?: string;
  readonly kind?: string;
  readonly name: string;
}

interface Slot<Entry> {
  readonly record: Entry;
  readonly rank: number;
}

/**
 * Records of one kind, each object once. Of two readings of one object the one of higher rank stays (the newer
 * resourceVersion); of equal rank the one whose JSON sorts last, so that the order of reading decides nothing.
 */
export class RecordStore<Entry extends Keyed> {
  // Two levels, because a joined key would let a hostile name pass for another namespace.
  readonly #byNamespace = new Map<string, Map<string, Slot<Entry>>>();

  add(record: Entry, rank: number): void {
    const namespace = record.namespace ?? '';
    let byName = this.#byNamespace.get(namespace);
    if (byName === undefined) {
      byName = new Map();
      this.#byNamespace.set(namespace, byName);
    }
    const known = byName.get(record.name);
    if (known === undefined || isBefore(known, { record, rank })) byName.set(record.name, { record, rank });
  }

  /** Every record, by namespace, then name. */
  list(): Entry[] {
    const records: Entry[] = [];
    for (const namespace of [...this.#byNamespace.keys()].sort()) {
      const byName = this.#byNamespace.get(namespace) ?? new Map<string, Slot<Entry>>();
      for (const name of [...byName.keys()].sort()) {
        const slot = byName.get(name);
        if (slot !== undefined) records.push(slot.record);
      }
    }
    return records;
  }
}

/** Records of several kinds that make one list. A kind is told by its group too where the record has one. */
export class KindedStore<Entry extends Keyed & { readonly kind: string; readonly apiGroup?: string }> {
  readonly #byKind = new Map<string, RecordStore<Entry>>();

  add(record: Entry, rank: number): void {
    // No kind and no group has a line feed: the two never pass for another pair.
    const key = `${record.kind}\n${record.apiGroup ?? ''}`;
    let store = this.#byKind.get(key);
    if (store === undefined) {
      store = new RecordStore<Entry>();
      this.#byKind.set(key, store);
    }
    store.add(record, rank);
  }

  /** Every record, by namespace, then kind, then name. */
  list(): Entry[] {
    return [...this.#byKind.keys()]
      .sort()
      .flatMap((key) => this.#byKind.get(key)?.list() ?? [])
      .sort(byPlace);
  }
}

/** The order of every list of the inventory: by namespace, then kind, then name, in code units. */
export function byPlace(one: Keyed, other: Keyed): number {
  return compareText(one.namespace, other.namespace) || compareText(one.kind, other.kind) || compareText(one.name, other.name);
}

export function compareText(one = '', other = ''): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function isBefore<Entry>(known: Slot<Entry>, next: Slot<Entry>): boolean {
  return known.rank === next.rank ? text(known.record) < text(next.record) : known.rank < next.rank;
}

function text(record: unknown): string {
  return JSON.stringify(record, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}
