import type { NodeKind } from '../../lib/graph/kinds.ts';
import { KIND_LABELS } from '../ui/kind-labels.ts';

/** Short names that people type, beside every kind's own. */
const SHORT: ReadonlyMap<string, NodeKind> = new Map<string, NodeKind>([
  ['sa', 'service-account'],
  ['serviceaccount', 'service-account'],
  ['po', 'pod'],
  ['deploy', 'workload'],
  ['deployment', 'workload'],
  ['crb', 'cluster-role-binding'],
  ['clusterrolebinding', 'cluster-role-binding'],
  ['rb', 'role-binding'],
  ['rolebinding', 'role-binding'],
  ['cr', 'cluster-role'],
  ['clusterrole', 'cluster-role'],
  ['no', 'node'],
  ['aws', 'aws-role'],
  ['gsa', 'gcp-service-account'],
  ['gcp', 'gcp-service-account'],
  ['google', 'gcp-service-account'],
  ['azure', 'azure-identity'],
  ['mi', 'azure-identity'],
]);

const KINDS = new Set<string>(Object.keys(KIND_LABELS));

export interface ParsedSearch {
  readonly q: string;
  readonly kind?: NodeKind;
}

/** `pod:api` asks for pods named like `api`; a prefix that is no kind belongs to the name. */
export function parseSearch(text: string): ParsedSearch {
  const colon = text.indexOf(':');
  if (colon > 0) {
    const prefix = text.slice(0, colon).trim().toLowerCase();
    const kind = SHORT.get(prefix) ?? (KINDS.has(prefix) ? (prefix as NodeKind) : undefined);
    if (kind) return { q: text.slice(colon + 1).trim(), kind };
  }
  return { q: text.trim() };
}
