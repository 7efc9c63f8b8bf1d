/** A URL that browsers and proxies take; longer lists are pasted by hand. */
const MOST = 6000;

/** Where changes that a cut names are tried. */
export function changesHref(changes: readonly { readonly change: string }[]): string {
  const search = new URLSearchParams(changes.map(({ change }) => ['change', change]));
  const text = search.toString();
  return text.length > MOST ? '/changes' : `/changes?${text}`;
}
