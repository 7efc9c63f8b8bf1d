import type { TechniqueId } from '../../lib/graph/kinds.ts';

/** What names one edge: its ends and the technique. */
export interface EdgeKey {
  readonly from: string;
  readonly to: string;
  readonly technique: TechniqueId;
}

/** As the URL carries it: a JSON list of technique, from, to; ids may hold any character. */
export function writeEdgeKey({ technique, from, to }: EdgeKey): string {
  return JSON.stringify([technique, from, to]);
}

/** The other way round; null for anything else. The server says whether such an edge exists. */
export function parseEdgeKey(text: string): EdgeKey | null {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    // A link that was cut or typed by hand names no edge: the page opens without an edge card.
    return null;
  }
  if (!Array.isArray(list) || list.length !== 3) return null;
  const [technique, from, to] = list;
  if (typeof technique !== 'string' || typeof from !== 'string' || typeof to !== 'string') return null;
  return { technique: technique as TechniqueId, from, to };
}
