import type { ReachedNode } from '../../lib/api/contract.ts';
import { toCsv } from '../ui/csv.ts';

/** Everything reached as CSV, in the order given. */
export function reachedCsv(rows: readonly ReachedNode[]): string {
  return toCsv(
    ['hop', 'kind', 'namespace', 'name', 'certainty', 'technique', 'from', 'id'],
    rows.map((row) => [row.hops, row.kind, row.namespace, row.name, row.certainty, row.via.technique, row.via.from, row.id]),
  );
}
