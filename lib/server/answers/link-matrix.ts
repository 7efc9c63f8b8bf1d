import type { CloudLink, CloudLinkState, CloudProvider } from '../../access/cloud/link.ts';

/** Links as rows of service accounts and columns of identities; most pairs have none. */
export interface LinkMatrix {
  /** `namespace/name` */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Row → column number → the most telling link of the pair. */
  readonly cells: ReadonlyMap<string, ReadonlyMap<number, CloudLink>>;
}

/** Most telling first. */
const STATES: readonly CloudLinkState[] = ['wired', 'broken', 'conditional', 'possible'];
const PROVIDERS: readonly CloudProvider[] = ['aws', 'gcp', 'azure'];

/**
 * Lays links out so that what belongs together stands together: service accounts that something points at come first, identities in the order
 * in which the rows need them, those that are open to everybody last.
 */
export function linkMatrix(links: readonly CloudLink[], open: ReadonlySet<string>): LinkMatrix {
  const pairs = new Map<string, Map<string, CloudLink>>();
  for (const link of links) {
    const row = pairs.get(link.serviceAccount) ?? new Map<string, CloudLink>();
    const before = row.get(link.identity);
    if (before === undefined || STATES.indexOf(link.state) < STATES.indexOf(before.state)) row.set(link.identity, link);
    pairs.set(link.serviceAccount, row);
  }
  const isPointed = (account: string): boolean => [...(pairs.get(account)?.values() ?? [])].some(({ state }) => state !== 'possible');
  const pointed = new Map([...pairs.keys()].map((account) => [account, isPointed(account)]));
  const rows = [...pairs.keys()].sort((one, other) => Number(pointed.get(other)) - Number(pointed.get(one)) || compare(one, other));
  const columns = columnsOf(rows, pairs, open);
  const place = new Map(columns.map((identity, at) => [identity, at]));
  const cells = new Map<string, Map<number, CloudLink>>();
  for (const [account, row] of pairs) {
    const placed = [...row].map(([identity, link]) => [place.get(identity) as number, link] as const);
    cells.set(account, new Map(placed.sort(([one], [other]) => one - other)));
  }
  return { rows, columns, cells };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function columnsOf(
  rows: readonly string[],
  pairs: ReadonlyMap<string, ReadonlyMap<string, CloudLink>>,
  open: ReadonlySet<string>,
): string[] {
  const ranks = new Map<string, readonly [open: number, provider: number, first: number]>();
  for (const [at, account] of rows.entries()) {
    for (const link of pairs.get(account)?.values() ?? []) {
      // A row that is pointed at an identity decides its place before rows that it only lets in.
      const first = link.state === 'possible' ? rows.length + at : at;
      const before = ranks.get(link.identity);
      if (before !== undefined && before[2] <= first) continue;
      ranks.set(link.identity, [open.has(link.identity) ? 1 : 0, PROVIDERS.indexOf(link.provider), first]);
    }
  }
  return [...ranks]
    .sort(([one, a], [other, b]) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || compare(one, other))
    .map(([identity]) => identity);
}
