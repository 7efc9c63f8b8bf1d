import { type Cut, closingAt, indentationOf } from './cut-text.ts';

const BEFORE = Buffer.from('"managed');
/** Searched for from its capital on: the search jumps to the first letter, and quotes stand everywhere. */
const MARK = Buffer.from('Fields": [\n');
const CLOSE = 93;

/**
 * What stands in `managedFields` of pretty-printed JSON: a quarter to a half of a live object's bytes, which nobody needs. The array is
 * left empty, so that commas stay right. `bytes` are no more than the text: a search would go on to the end of what is there.
 *
 * A guess, which the parser proves: a raw newline cannot stand in a string, so the mark at the beginning of a line and a `]` at
 * the same indentation are outside of strings. Were the `]` not the array's own, brackets that were opened inside would be closed
 * behind it, and the rest would close more than it opens: it would not parse. Source of the idea: ADR 3.
 */
export function managedFieldsCuts(bytes: Buffer): readonly Cut[] {
  const cuts: Cut[] = [];
  let next = 0;
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, next)) {
    next = at + MARK.length;
    const key = at - BEFORE.length;
    if (key < 0 || BEFORE.compare(bytes, key, at) !== 0) continue;
    const indentation = indentationOf(bytes, key);
    if (indentation === undefined) continue;
    const inside = at + MARK.length - 1;
    const end = closingAt(bytes, CLOSE, { from: inside, indentation });
    if (end < 0) break;
    cuts.push({ from: inside, to: end, text: '' });
    next = end;
  }
  return cuts;
}

/** Metadata-only objects tell the key names of Secrets in their managedFields alone, so those must be read whole. */
export function canDoWithoutManagedFields(items: readonly unknown[]): boolean {
  return items.every((item) => {
    const kind = (item as { kind?: unknown } | null)?.kind;
    return typeof kind === 'string' && kind !== 'Secret' && !kind.startsWith('PartialObjectMetadata') && !kind.endsWith('List');
  });
}
