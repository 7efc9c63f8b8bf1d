import { describe, expect, it } from 'vitest';
import { type Member, memberOf } from './members.ts';

const POOL = 'iam.googleapis.com/projects/12/locations/global/workloadIdentityPools/p.svc.id.goog';
const inPool = (who: unknown): unknown => ({ kind: 'pool', pool: 'p.svc.id.goog', number: '12', who });

describe('memberOf', () => {
  it.each<[string, unknown]>([
    ['allUsers', { kind: 'everyone' }],
    ['principalSet://goog/public:all', { kind: 'everyone' }],
    ['allAuthenticatedUsers', { kind: 'authenticated' }],
    ['serviceAccount:a@p.iam.gserviceaccount.com', { kind: 'service-account', email: 'a@p.iam.gserviceaccount.com' }],
    [
      'principal://iam.googleapis.com/projects/-/serviceAccounts/a@p.iam.gserviceaccount.com',
      { kind: 'service-account', email: 'a@p.iam.gserviceaccount.com' },
    ],
    ['serviceAccount:p.svc.id.goog[shop/api]', { kind: 'pool', pool: 'p.svc.id.goog', who: { kind: 'subject', value: 'ns/shop/sa/api' } }],
    [`principal://${POOL}/subject/ns/shop/sa/api`, inPool({ kind: 'subject', value: 'ns/shop/sa/api' })],
    [
      `principal://${POOL}/kubernetes.serviceaccount.uid/u-1`,
      inPool({ kind: 'attribute', name: 'kubernetes.serviceaccount.uid', value: 'u-1' }),
    ],
    [`principalSet://${POOL}/namespace/shop`, inPool({ kind: 'attribute', name: 'namespace', value: 'shop' })],
    [`principalSet://${POOL}/*`, inPool({ kind: 'all' })],
    [
      `principalSet://${POOL}/kubernetes.cluster/https://container.googleapis.com/v1/projects/p/locations/l/clusters/c`,
      inPool({
        kind: 'attribute',
        name: 'kubernetes.cluster',
        value: 'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c',
      }),
    ],
    [`principalSet://${POOL}/attribute.team/a`, inPool({ kind: 'attribute', name: 'attribute.team', value: 'a' })],
    ['projectEditor:p', { kind: 'convenience', role: 'roles/editor', project: 'p' }],
    ['deleted:serviceAccount:a@p.iam.gserviceaccount.com?uid=1', { kind: 'deleted' }],
    ['group:a@b.c', { kind: 'group', name: 'a@b.c' }],
    ['domain:b.c', { kind: 'group', name: 'b.c' }],
    ['principalSet://goog/group/a@b.c', { kind: 'group', name: 'a@b.c' }],
    ['principalSet://cloudresourcemanager.googleapis.com/projects/12', { kind: 'accounts-under', resource: 'projects/12' }],
  ])('%s', (text, expected) => {
    expect(memberOf(text)).toEqual(expected as Member);
  });

  it.each([
    'user:a@b.c',
    'serviceAccount:p.svc.id.goog[shop]',
    'serviceAccount:p.svc.id.goog[a/b/c]',
    `principal://${POOL}/namespace/shop`,
    `principalSet://${POOL}/subject/ns/shop/sa/api`,
    `principalSet://${POOL}/`,
    'constructor',
    '',
  ])('means nobody that is known: %s', (text) => {
    expect(memberOf(text)).toEqual({ kind: 'other' });
  });
});
