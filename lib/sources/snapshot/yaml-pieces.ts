/** A list as kubectl prints it in YAML, taken apart by its lines. */
export interface YamlPieces {
  /** Everything but the items. */
  readonly head: string;
  /** Sequences of some items each, with the place in the text where they begin. */
  readonly batches: readonly { readonly text: string; readonly at: number }[];
}

const BATCH = 256 * 1024;
const ITEMS = /^items:[ \t]*\r?\n(?=- )/m;

/**
 * Cuts the text of one document into its items, which keeps the memory of a large list small: the library needs some fifty
 * times the text. Lines of the first column are always structure, because whatever belongs to an item is indented
 * (YAML 1.2.2, 6.1 and 8.2). Undefined: it is no such list, or a small one. What a cut breaks, an alias of another item,
 * does not parse, and then the caller reads the whole.
 */
export function yamlPieces(text: string): YamlPieces | undefined {
  const found = text.length < 2 * BATCH ? null : ITEMS.exec(text);
  if (found === null) return undefined;
  const start = found.index + found[0].length;
  const batches: { text: string; at: number }[] = [];
  let from = start;
  let line = start;
  while (
    line < text.length &&
    (text[line] === '-' || text[line] === ' ' || text[line] === '\n' || text[line] === '#' || text[line] === '\r')
  ) {
    if (text.startsWith('- ', line) && line - from > BATCH) {
      batches.push({ text: text.slice(from, line), at: from });
      from = line;
    }
    const end = text.indexOf('\n', line);
    line = end < 0 ? text.length : end + 1;
  }
  batches.push({ text: text.slice(from, line), at: from });
  return { head: text.slice(0, found.index) + text.slice(line), batches };
}
