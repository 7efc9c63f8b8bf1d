import { nameText, type ObjectName } from './change.ts';
import { KEPT_KINDS } from './kept-kinds.ts';
import type { KeptRecord } from './kept-objects.ts';

/** So many letters may be wrong in a name. */
const WRONG = 3;
/** What is longer is no name of an object. Source: apimachinery, `DNS1123SubdomainMaxLength` */
const LENGTH = 253;

/** How many letters have to be added, left out or changed; undefined: more than may be wrong. Linear in the letters. */
function distance(one: string, other: string): number | undefined {
  if (one === other) return 0;
  if (Math.abs(one.length - other.length) > WRONG || one.length > LENGTH) return undefined;
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let at = 1; at <= one.length; at += 1) {
    const next = new Array<number>(other.length + 1).fill(WRONG + 1);
    next[0] = at;
    const [from, to] = [Math.max(1, at - WRONG), Math.min(other.length, at + WRONG)];
    for (let place = from; place <= to; place += 1) {
      const changed = (row[place - 1] as number) + (one[at - 1] === other[place - 1] ? 0 : 1);
      next[place] = Math.min(changed, (row[place] as number) + 1, (next[place - 1] as number) + 1);
    }
    row = next;
  }
  const found = row[other.length] as number;
  return found > WRONG || found * 2 > one.length ? undefined : found;
}

/** The object of the kind whose name comes closest, in words: the same name in another namespace before another name. Undefined: none is close. */
export function nearestObject({ kind, namespace, name }: ObjectName, records: Iterable<KeptRecord>): string | undefined {
  let best: { readonly record: KeptRecord; readonly score: number } | undefined;
  for (const record of records) {
    const wrong = distance(name, record.name);
    if (wrong === undefined) continue;
    const score = wrong + (record.namespace === namespace ? 0 : 0.5);
    if (best === undefined || score < best.score) best = { record, score };
  }
  if (best === undefined) return undefined;
  const { record } = best;
  return nameText({ kind, name: record.name, ...(record.namespace === undefined ? {} : { namespace: record.namespace }) });
}

/** The kind that is meant by a word in small letters or in the plural, as kubectl takes them; undefined: none. */
export function kindMeant(word: string): string | undefined {
  const small = word.toLowerCase();
  return KEPT_KINDS.find((kind) => {
    const one = kind.toLowerCase();
    return small === one || small === `${one}s` || small === `${one}es` || small === one.replace(/y$/, 'ies');
  });
}
