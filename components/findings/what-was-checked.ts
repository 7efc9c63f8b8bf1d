import type { Status } from '../../lib/api/contract.ts';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { counted } from '../ui/numbers.ts';

/** What findings are about, in words, and the nodes that stand for it. */
const CHECKED: readonly { readonly one: string; readonly many: string; readonly kinds: readonly NodeKind[] }[] = [
  { one: 'pod', many: 'pods', kinds: ['pod'] },
  { one: 'service account', many: 'service accounts', kinds: ['service-account'] },
  { one: 'role', many: 'roles', kinds: ['role', 'cluster-role'] },
  { one: 'binding', many: 'bindings', kinds: ['role-binding', 'cluster-role-binding'] },
  { one: 'secret', many: 'secrets', kinds: ['secret'] },
  { one: 'cloud identity', many: 'cloud identities', kinds: ['aws-role', 'gcp-service-account', 'azure-identity'] },
];

const LIST = new Intl.ListFormat('en', { type: 'conjunction' });

/** What checks could look at and what was not there to look at, each as a list in a sentence; undefined where it would be empty. */
export function whatWasChecked({ byKind }: Pick<Status['counts'], 'byKind'>): { readonly there?: string; readonly missing?: string } {
  const parts = CHECKED.map(({ kinds, ...words }) => ({
    ...words,
    count: byKind.reduce((sum, { kind, count }) => sum + (kinds.includes(kind) ? count : 0), 0),
  }));
  const there = parts.filter(({ count }) => count > 0).map(({ count, one, many }) => counted(count, one, many));
  const missing = parts.filter(({ count }) => count === 0).map(({ many }) => many);
  return {
    ...(there.length > 0 && { there: LIST.format(there) }),
    ...(missing.length > 0 && { missing: LIST.format(missing) }),
  };
}
