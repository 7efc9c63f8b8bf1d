import type { Summary } from '../summary.ts';

/** `1 pod`, `3 pods`: the plural is the singular with an s, or as given. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** At most three names, and how many more there are. */
export function some(names: readonly string[], most = 3): string {
  return names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ');
}

/** What an identity or a pod reaches, as the end of a sentence. */
export const reachWords = (summary: Summary): string =>
  summary.total === 0
    ? 'nothing beyond itself'
    : summary.verdict === 'nothing beyond itself'
      ? 'nothing that is a secret, a node or an identity'
      : summary.verdict;
