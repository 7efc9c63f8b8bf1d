import { describe, expect, it } from 'vitest';
import { EMPTY_INVENTORY } from '../../inventory/testing/empty-inventory.ts';
import { cloudAssume, providerOf } from './assume.ts';

const UUID = '000000c1-0000-4000-8000-000000000003';

describe('providerOf', () => {
  it.each([
    ['arn:aws:iam::111122223333:role/x', 'aws'],
    ['arn:aws-cn:iam::111122223333:user/x', 'aws'],
    ['shop@acme.iam.gserviceaccount.com', 'gcp'],
    ['serviceAccount:shop@acme.iam.gserviceaccount.com', 'gcp'],
    ['acme.svc.id.goog[shop/api]', 'gcp'],
    ['principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/x/subject/ns/a/sa/b', 'gcp'],
    ['//iam.googleapis.com/projects/acme/serviceAccounts/shop@acme.iam.gserviceaccount.com', 'gcp'],
    ['projects/-/serviceAccounts/100000000000000000001', 'gcp'],
    [UUID, 'azure'],
    [UUID.toUpperCase(), 'azure'],
    [`/subscriptions/${UUID}/resourceGroups/x`, 'azure'],
    ['id-shop-api', undefined],
    // A service account of a cluster may be of any cloud's: the other of the two tells.
    ['shop/api', undefined],
    ['system:serviceaccount:shop:api', undefined],
    ['', undefined],
    ['a b@c', undefined],
    [`${'a'.repeat(100_000)}@`, undefined],
  ])('%.60s is of %s', (identity, provider) => {
    expect(providerOf(identity)).toBe(provider);
  });
});

describe('cloudAssume', () => {
  it.each([
    ['two clouds', 'arn:aws:iam::111122223333:role/x', UUID, /are of two clouds/],
    ['no cloud', 'x', 'y', /is no cloud identity/],
    ['an account that was not read', 'arn:aws:iam::111122223333:role/x', 'arn:aws:iam::111122223333:role/y', /were not read/],
    ['the cloud of the one that tells it', 'x', 'arn:aws:iam::111122223333:role/y', /`x` is no ARN/],
    ['a service account beside an Azure identity', 'shop/api', UUID, /no Azure identity `shop\/api` was read/],
    ['a service account beside a Google identity', 'shop/api', 'x@y.iam.gserviceaccount.com', /`shop\/api` names no Google identity/],
  ])('says why it cannot answer: %s', (_name, from, to, error) => {
    expect(cloudAssume(EMPTY_INVENTORY, { from, to })).toEqual({ error: expect.stringMatching(error) });
  });
});
