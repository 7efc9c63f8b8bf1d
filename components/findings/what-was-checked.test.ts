import { expect, test } from 'vitest';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { whatWasChecked } from './what-was-checked.ts';

const counts = (byKind: Partial<Record<NodeKind, number>>) => ({
  byKind: Object.entries(byKind).map(([kind, count]) => ({ kind: kind as NodeKind, count })),
});

test.each([
  ['nothing at all', {}, { missing: 'pods, service accounts, roles, bindings, secrets, and cloud identities' }],
  [
    'nothing that findings are about',
    { internet: 1, 'all-pods': 3 },
    { missing: 'pods, service accounts, roles, bindings, secrets, and cloud identities' },
  ],
  [
    'RBAC alone',
    { 'service-account': 1, role: 1, 'cluster-role': 1200, 'cluster-role-binding': 1 },
    { there: '1 service account, 1,201 roles, and 1 binding', missing: 'pods, secrets, and cloud identities' },
  ],
  [
    'a cluster with a cloud',
    { pod: 2, 'service-account': 1, role: 1, 'role-binding': 1, secret: 1, 'aws-role': 1, 'azure-identity': 1 },
    { there: '2 pods, 1 service account, 1 role, 1 binding, 1 secret, and 2 cloud identities' },
  ],
] as const)('%s', (_name, byKind, want) => expect(whatWasChecked(counts(byKind))).toEqual(want));
