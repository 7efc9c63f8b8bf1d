import { describe, expect, it } from 'vitest';
import { type AzureOrigin, azureOriginOf, isWholeList } from './azure-origin.ts';

const S = '12345678-1111-4222-8333-44444444444A';
const METHOD = 'authorization.2022-04-01.roleAssignments.listForSubscription';
const CREDENTIALS = 'managedidentity.2026-05-31.federatedIdentityCredentials.list';

describe('azureOriginOf', () => {
  it.each<[string, Partial<AzureOrigin>]>([
    [`${METHOD}.json`, { method: METHOD, list: 'role-assignments' }],
    [`prod/azure/${METHOD}.json.gz`, { method: METHOD, list: 'role-assignments' }],
    [`${METHOD}.page-12.json`, { method: METHOD, list: 'role-assignments' }],
    [`azure/${S}/${METHOD}.json`, { method: METHOD, list: 'role-assignments', subscription: S.toLowerCase() }],
    [`azure\\${S}\\${METHOD}.json`, { method: METHOD, list: 'role-assignments', subscription: S.toLowerCase() }],
    [`${CREDENTIALS}/id-web.json`, { list: 'identity-credentials', resource: 'id-web' }],
    [
      `${S}/${CREDENTIALS}/rg.x/id-web.page-1.json`,
      { list: 'identity-credentials', resource: 'rg.x/id-web', subscription: S.toLowerCase() },
    ],
    [`${CREDENTIALS}/rg%281%29/id-web.json`, { resource: 'rg(1)/id-web' }],
    [`${CREDENTIALS}/100%zz.json`, { resource: '100%zz' }],
    ['graph.v1.0.applications.json', { list: 'applications' }],
    ['graph.beta.applications.federatedIdentityCredentials/abc.json', { list: 'application-credentials', resource: 'abc' }],
    ['az-role-assignment-list.json', { list: 'role-assignments' }],
    [
      `${S}/az-identity-federated-credential-list/rg/id-web.json`,
      { list: 'identity-credentials', resource: 'rg/id-web', subscription: S.toLowerCase() },
    ],
  ])('%s', (path, expected) => {
    expect(azureOriginOf({ file: 'f', path })).toMatchObject({ file: 'f', ...expected });
  });

  it.each<[string, AzureOrigin]>([
    ['identities.json', { file: 'f' }],
    ['', { file: 'f' }],
    ['authorization.roleAssignments.list.json', { file: 'f' }],
    ['authorization.2022-04-01.json', { file: 'f' }],
    ['../../constructor.json', { file: 'f' }],
    ['az-account-list.json', { file: 'f', method: 'az-account-list' }],
    ['resources.2022-12-01.subscriptions.get.json', { file: 'f', method: 'resources.2022-12-01.subscriptions.get' }],
  ])('says no more than %s does', (path, expected) => {
    expect(azureOriginOf({ file: 'f', path })).toEqual(expected);
  });

  it('knows which lists are of a part alone', () => {
    const of = (operation: string) => isWholeList(azureOriginOf({ file: 'f', path: `managedidentity.2023-01-31.${operation}.json` }));
    expect([of('userAssignedIdentities.listBySubscription'), of('userAssignedIdentities.listByResourceGroup')]).toEqual([true, false]);
  });
});
