import type { GrantedRule } from '../../access/rbac/review.ts';
import { EVERYWHERE } from '../node-id.ts';
import type { Holding } from './rights.ts';

type Placed = readonly [place: number, holding: Holding];

/** Holdings of one right, found by where and on which name they hold: a subject may hold a right in thousands of namespaces, or on as many names. */
export class HoldingIndex {
  readonly all: readonly Holding[];
  /** Of each scope: by name, undefined for any. */
  readonly #byScope = new Map<string, Map<string | undefined, Placed>>();

  constructor(holdings: readonly Holding[]) {
    this.all = holdings;
    for (const [place, holding] of holdings.entries()) {
      const byName = this.#byScope.get(holding.scope) ?? new Map<string | undefined, Placed>();
      this.#byScope.set(holding.scope, byName.set(holding.name, [place, holding]));
    }
  }

  /** Namespaces in which something is held, and nothing beyond them; undefined: something is held in all of them. */
  namespaces(): ReadonlySet<string> | undefined {
    return this.#byScope.has('') || this.#byScope.has(EVERYWHERE) ? undefined : new Set(this.#byScope.keys());
  }

  /** Every holding that covers a namespace (empty: the cluster), on whatever names, in the order of the list. */
  covering(namespace: string): readonly Holding[] {
    return inOrder(this.#scopesOver(namespace).flatMap((byName) => [...byName.values()]));
  }

  /** Every rule that gives the right over the object of this name in a namespace (empty: the cluster). */
  over(namespace: string, name: string | undefined): readonly GrantedRule[] {
    const found: Placed[] = [];
    for (const byName of this.#scopesOver(namespace)) {
      const [onAny, onName] = [byName.get(undefined), name === undefined ? undefined : byName.get(name)];
      if (onAny !== undefined) found.push(onAny);
      if (onName !== undefined) found.push(onName);
    }
    return inOrder(found).flatMap(({ by }) => by);
  }

  #scopesOver(namespace: string): readonly ReadonlyMap<string | undefined, Placed>[] {
    const scopes = namespace === '' ? [''] : ['', EVERYWHERE, ...(namespace === EVERYWHERE ? [] : [namespace])];
    return scopes.flatMap((scope) => this.#byScope.get(scope) ?? []);
  }
}

const inOrder = (found: Placed[]): readonly Holding[] => found.sort(([one], [other]) => one - other).map(([, holding]) => holding);
