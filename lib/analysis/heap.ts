/** A binary heap that gives the item with the lowest rank first, and of equal ranks the one that was put in first. */
export class Heap<T> {
  readonly #items: { readonly item: T; readonly rank: number; readonly turn: number }[] = [];
  #turn = 0;

  get size(): number {
    return this.#items.length;
  }

  push(item: T, rank: number): void {
    const items = this.#items;
    items.push({ item, rank, turn: this.#turn++ });
    let child = items.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#before(child, parent)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  pop(): T | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined) return undefined;
    if (items.length > 0) {
      items[0] = last;
      this.#sink();
    }
    return top.item;
  }

  #sink(): void {
    const { length } = this.#items;
    for (let parent = 0; ; ) {
      let least = parent;
      for (const child of [parent * 2 + 1, parent * 2 + 2]) if (child < length && this.#before(child, least)) least = child;
      if (least === parent) return;
      this.#swap(parent, least);
      parent = least;
    }
  }

  #before(one: number, other: number): boolean {
    const a = this.#items[one];
    const b = this.#items[other];
    if (a === undefined || b === undefined) return false;
    return a.rank < b.rank || (a.rank === b.rank && a.turn < b.turn);
  }

  #swap(one: number, other: number): void {
    const items = this.#items;
    const kept = items[one] as (typeof items)[number];
    items[one] = items[other] as (typeof items)[number];
    items[other] = kept;
  }
}
