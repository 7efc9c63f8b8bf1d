import type { ReachAnswer } from '../../lib/api/contract.ts';
import type { NodeKind } from '../../lib/graph/kinds.ts';

type Count = ReachAnswer['byHop'][number]['byKind'][number];

/** What people look for first; every other kind comes after these, the most numerous first. */
const FIRST: readonly NodeKind[] = [
  'cluster-admin',
  'aws-admin',
  'gcp-admin',
  'azure-admin',
  'namespace-admin',
  'node',
  'aws-role',
  'gcp-service-account',
  'azure-identity',
  'secret',
  'service-account',
  'pod',
];

function rank(kind: NodeKind): number {
  const at = FIRST.indexOf(kind);
  return at < 0 ? FIRST.length : at;
}

/** The kinds of a hop, most telling first, at most `most` of them, and how many nodes of further kinds there are. */
export function tellingKinds(byKind: readonly Count[], most: number): { readonly shown: readonly Count[]; readonly others: number } {
  const sorted = [...byKind].sort((left, right) => rank(left.kind) - rank(right.kind) || right.count - left.count);
  // One further kind takes no more room than the words that would stand for it.
  const shown = sorted.length <= most + 1 ? sorted : sorted.slice(0, most);
  const others = sorted.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return { shown, others };
}
