import { describe, expect, it } from 'vitest';
import type { CloudDecision } from '../cloud/question.ts';
import { azureReview } from './review.ts';
import {
  type AzureParts,
  assignment,
  azureWorld,
  clientId,
  definition,
  deny,
  EVERYBODY,
  GROUP,
  identity,
  identityId,
  principalId,
  roleId,
  SUB_SCOPE,
} from './testing/azure-account.ts';

const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/acme`;
const BLOB = `${ACCOUNT}/blobServices/default/containers/public/blobs/a`;
const VM_READ = 'Microsoft.Compute/virtualMachines/read';
const BLOB_READ = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';
const READER = definition('reader', { actions: ['*/read'] });
const CONTRIBUTOR = definition('contributor', { actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] });
const BLOBS = definition('blobs', {
  dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*'],
  notDataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'],
});
const MG = '/providers/Microsoft.Management/managementGroups/top';
const TEAM = 'beef0000-0000-4000-8000-000000000001';
const world = (parts: AzureParts) =>
  azureWorld({ identities: [identity('web'), identity('other')], definitions: [READER, CONTRIBUTOR, BLOBS], ...parts });
const has = (...assignments: ReturnType<typeof assignment>[]): AzureParts => ({ assignments });

interface Row {
  readonly parts: AzureParts;
  readonly action: string;
  readonly resource: string;
  readonly decision: CloudDecision;
  readonly context?: Record<string, string[]>;
}

const row = (parts: AzureParts, action: string, resource: string, decision: CloudDecision, context?: Record<string, string[]>): Row => ({
  parts,
  action,
  resource,
  decision,
  ...(context === undefined ? {} : { context }),
});
const reads = (scope: string, more = {}) => has(assignment('reader', 'web', scope, more));
const blobs = (scope: string, more = {}) => has(assignment('blobs', 'web', scope, more));
const ofTeam = { principalId: TEAM, principalType: 'Group' };

describe('role assignments', () => {
  it.each<[string, Row]>([
    ['at the scope', row(reads(GROUP), VM_READ, GROUP, 'Allowed')],
    ['above the resource', row(reads(SUB_SCOPE), VM_READ, `${GROUP}/providers/Microsoft.Compute/virtualMachines/v`, 'Allowed')],
    ['at the root', row(reads('/'), VM_READ, GROUP, 'Allowed')],
    ['in another case', row(reads(GROUP.toUpperCase()), VM_READ.toUpperCase(), GROUP, 'Allowed')],
    ['below the resource', row(reads(ACCOUNT), VM_READ, GROUP, 'ImplicitlyDenied')],
    ['beside the resource', row(reads(`${GROUP}-2`), VM_READ, GROUP, 'ImplicitlyDenied')],
    ['a name that goes on', row(reads(GROUP), VM_READ, `${GROUP}-2`, 'ImplicitlyDenied')],
    ['none', row({}, VM_READ, GROUP, 'ImplicitlyDenied')],
    ['of somebody else', row(has(assignment('reader', 'other', GROUP)), VM_READ, GROUP, 'ImplicitlyDenied')],
    ['another action', row(reads(GROUP), 'Microsoft.Compute/virtualMachines/write', GROUP, 'ImplicitlyDenied')],
    [
      'notActions',
      row(has(assignment('contributor', 'web', GROUP)), 'Microsoft.Authorization/roleAssignments/write', GROUP, 'ImplicitlyDenied'),
    ],
    [
      'what one role leaves out and another gives',
      row(
        {
          ...has(assignment('contributor', 'web', GROUP), assignment('uaa', 'web', GROUP)),
          definitions: [CONTRIBUTOR, definition('uaa', { actions: ['Microsoft.Authorization/*'] })],
        },
        'Microsoft.Authorization/roleAssignments/write',
        GROUP,
        'Allowed',
      ),
    ],
    ['a management group of the subscription', row(reads(MG), VM_READ, GROUP, 'Allowed')],
    [
      'a management group and a subscription that it was not listed for',
      row(reads(MG), VM_READ, '/subscriptions/99999999-1111-4222-8333-444444444444/resourceGroups/g', 'Conditional'),
    ],
    ['the management group itself', row(reads(MG), VM_READ, MG, 'Allowed')],
    ['another management group', row(reads(MG), VM_READ, `${MG}2`, 'Conditional')],
    ['a role that was not read', row(has(assignment('unread', 'web', GROUP)), VM_READ, GROUP, 'Conditional')],
    [
      'a role that was not read beside one that allows',
      row(has(assignment('unread', 'web', GROUP), assignment('reader', 'web', GROUP)), VM_READ, GROUP, 'Allowed'),
    ],
    [
      'a group that it is in',
      row({ ...has(assignment('reader', 'team', GROUP, ofTeam)), groups: { [TEAM]: [principalId('web')] } }, VM_READ, GROUP, 'Allowed'),
    ],
    [
      'a group that it is not in',
      row(
        { ...has(assignment('reader', 'team', GROUP, ofTeam)), groups: { [TEAM]: [principalId('other')] } },
        VM_READ,
        GROUP,
        'ImplicitlyDenied',
      ),
    ],
    ['a group whose members were not read', row(has(assignment('reader', 'team', GROUP, ofTeam)), VM_READ, GROUP, 'Conditional')],
    [
      'a group whose members were not read and whose role does not allow it',
      row(has(assignment('reader', 'team', GROUP, ofTeam)), 'Microsoft.Compute/virtualMachines/write', GROUP, 'ImplicitlyDenied'),
    ],
    ['assignments that were not read, above subscriptions', row({ unread: ['assignments'] }, VM_READ, MG, 'Conditional')],
    ['assignments that were not read', row({ unread: ['assignments'] }, VM_READ, GROUP, 'Conditional')],
  ])('%s', (_name, { parts, action, resource, decision }) => {
    expect(azureReview(world(parts), { identity: clientId('web'), action, resource })).toMatchObject({ decision });
  });
});

describe('data and control', () => {
  it.each<[string, Row]>([
    ['a data action of a data role', row(blobs(ACCOUNT), BLOB_READ, BLOB, 'Allowed')],
    ['notDataActions', row(blobs(ACCOUNT), BLOB_READ.replace('/read', '/delete'), BLOB, 'ImplicitlyDenied')],
    ['a data action of a control role', row(reads(GROUP), BLOB_READ, BLOB, 'ImplicitlyDenied')],
    ['a control action of a data role', row(blobs(ACCOUNT), 'Microsoft.Storage/storageAccounts/read', ACCOUNT, 'ImplicitlyDenied')],
    [
      'a data action that no definition names',
      row({ ...reads(GROUP), definitions: [READER] }, 'Microsoft.KeyVault/vaults/secrets/getSecret/action', GROUP, 'ImplicitlyDenied'),
    ],
    [
      'a control action beside it',
      row({ ...reads(GROUP), definitions: [READER] }, 'Microsoft.KeyVault/vaults/secrets/read', GROUP, 'Allowed'),
    ],
    [
      'an action of both planes',
      row({ ...reads(GROUP), definitions: [READER] }, 'Microsoft.KeyVault/vaults/keys/read', GROUP, 'Conditional'),
    ],
    [
      'an action of both planes whose plane is given',
      row({ ...reads(GROUP), definitions: [READER] }, 'Microsoft.KeyVault/vaults/keys/read', GROUP, 'Allowed', { dataAction: ['false'] }),
    ],
    [
      'the other plane given',
      row({ ...reads(GROUP), definitions: [READER] }, 'Microsoft.KeyVault/vaults/keys/read', GROUP, 'ImplicitlyDenied', {
        DataAction: ['true'],
      }),
    ],
    [
      'a data action below a wide pattern of control',
      row(
        {
          ...has(assignment('wide', 'web', GROUP)),
          definitions: [definition('wide', { actions: ['Microsoft.Storage/storageAccounts/blobServices/containers/*'] })],
        },
        BLOB_READ,
        BLOB,
        'ImplicitlyDenied',
      ),
    ],
    [
      'a data action of a service that nobody knows, by a close pattern',
      row(
        {
          ...has(assignment('odd', 'web', GROUP)),
          definitions: [definition('odd', { actions: ['*'], dataActions: ['Odd.Service/a/b/c/*'] })],
        },
        'Odd.Service/a/b/c/read',
        GROUP,
        'Allowed',
      ),
    ],
    [
      'an action of a service that nobody knows',
      row(
        { ...has(assignment('odd', 'web', GROUP)), definitions: [definition('odd', { actions: ['*'] })] },
        'Odd.Service/a/b/c/read',
        GROUP,
        'Allowed',
      ),
    ],
    [
      'secrets in a cluster',
      row(
        { ...has(assignment('all', 'web', GROUP)), definitions: [definition('all', { actions: ['*'] })] },
        'Microsoft.ContainerService/managedClusters/secrets/read',
        GROUP,
        'ImplicitlyDenied',
      ),
    ],
    [
      'the credentials of a cluster',
      row(
        { ...has(assignment('all', 'web', GROUP)), definitions: [definition('all', { actions: ['*'] })] },
        'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action',
        GROUP,
        'Allowed',
      ),
    ],
  ])('%s', (_name, { parts, action, resource, decision, context }) => {
    const question = { identity: 'web', action, resource, ...(context === undefined ? {} : { context: new Map(Object.entries(context)) }) };
    expect(azureReview(world(parts), question)).toMatchObject({ decision });
  });
});

describe('deny assignments', () => {
  const all = { permissions: [{ actions: ['*/delete'], notActions: ['Microsoft.Compute/*'] }] };
  const given = (name: string, scope: string, more: object): AzureParts => ({
    ...has(assignment('contributor', 'web', SUB_SCOPE)),
    denies: [deny(name, scope, { ...all, ...more })],
  });
  const DELETE = 'Microsoft.Storage/storageAccounts/delete';
  it.each<[string, AzureParts, string, string, CloudDecision]>([
    ['of everybody', given('d', GROUP, {}), DELETE, ACCOUNT, 'ExplicitlyDenied'],
    [
      'of everybody but it',
      given('d', GROUP, { excludePrincipals: [{ id: principalId('web'), type: 'ServicePrincipal' }] }),
      DELETE,
      ACCOUNT,
      'Allowed',
    ],
    [
      'of everybody but somebody else',
      given('d', GROUP, { excludePrincipals: [{ id: principalId('other') }] }),
      DELETE,
      ACCOUNT,
      'ExplicitlyDenied',
    ],
    [
      'of everybody but a group that was not read',
      given('d', GROUP, { excludePrincipals: [{ id: TEAM, type: 'Group' }] }),
      DELETE,
      ACCOUNT,
      'Conditional',
    ],
    ['of it', given('d', GROUP, { principals: [{ id: principalId('web').toUpperCase() }] }), DELETE, ACCOUNT, 'ExplicitlyDenied'],
    ['of somebody else', given('d', GROUP, { principals: [{ id: principalId('other') }] }), DELETE, ACCOUNT, 'Allowed'],
    ['of a group that was not read', given('d', GROUP, { principals: [{ id: TEAM, type: 'Group' }] }), DELETE, ACCOUNT, 'Conditional'],
    ['beside the resource', given('d', `${GROUP}-2`, {}), DELETE, ACCOUNT, 'Allowed'],
    ['below the resource', given('d', ACCOUNT, {}), DELETE, GROUP, 'Allowed'],
    ['not for child scopes', given('d', GROUP, { doNotApplyToChildScopes: true }), DELETE, ACCOUNT, 'Allowed'],
    ['not for child scopes, at the scope', given('d', ACCOUNT, { doNotApplyToChildScopes: true }), DELETE, ACCOUNT, 'ExplicitlyDenied'],
    ['its notActions', given('d', GROUP, {}), 'Microsoft.Compute/virtualMachines/delete', GROUP, 'Allowed'],
    ['under a condition that is unknown', given('d', GROUP, { condition: "@Request[a] StringEquals 'x'" }), DELETE, ACCOUNT, 'Conditional'],
    ['under a condition that does not hold', given('d', GROUP, { condition: "'a' StringEquals 'x'" }), DELETE, ACCOUNT, 'Allowed'],
    ['where nothing allows it anyway', { denies: [deny('d', GROUP, all)] }, DELETE, ACCOUNT, 'ExplicitlyDenied'],
    [
      'of control actions alone, for a data action',
      { ...blobs(GROUP), denies: [deny('d', GROUP, { permissions: [{ actions: ['*'] }] })] },
      BLOB_READ,
      BLOB,
      'Allowed',
    ],
    [
      'of data actions',
      { ...blobs(GROUP), denies: [deny('d', GROUP, { principals: [EVERYBODY], permissions: [{ dataActions: ['*/read'] }] })] },
      BLOB_READ,
      BLOB,
      'ExplicitlyDenied',
    ],
  ])('%s', (_name, parts, action, resource, decision) => {
    expect(azureReview(world(parts), { identity: 'web', action, resource })).toMatchObject({ decision });
  });
});

describe('conditions', () => {
  const only = (name: string) => ({
    condition: `@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals '${name}'`,
  });
  it.each<[string, AzureParts, string, CloudDecision]>([
    ['that holds', blobs(ACCOUNT, only('public')), BLOB, 'Allowed'],
    ['that does not hold', blobs(ACCOUNT, only('private')), BLOB, 'ImplicitlyDenied'],
    ['on what the scope does not say', blobs(ACCOUNT, only('public')), ACCOUNT, 'Conditional'],
    ['that cannot be read', blobs(ACCOUNT, { condition: '(' }), BLOB, 'Conditional'],
    [
      'beside an assignment without one',
      has(assignment('blobs', 'web', ACCOUNT, only('private')), assignment('blobs', 'web', GROUP)),
      BLOB,
      'Allowed',
    ],
    [
      'of the role',
      { ...has(assignment('own', 'web', ACCOUNT)), definitions: [definition('own', { dataActions: [BLOB_READ], ...only('private') })] },
      BLOB,
      'ImplicitlyDenied',
    ],
  ])('%s', (_name, parts, resource, decision) => {
    expect(azureReview(world(parts), { identity: 'web', action: BLOB_READ, resource })).toMatchObject({ decision });
  });

  it('says what it hangs on', () => {
    const answer = azureReview(world(blobs(ACCOUNT, only('public'))), { identity: 'web', action: BLOB_READ, resource: ACCOUNT });
    expect(answer).toMatchObject({ dependsOn: ['@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]'] });
  });
});

describe('what is asked about', () => {
  const asked = (resource: string) => azureReview(world(reads(GROUP)), { identity: 'web', action: VM_READ, resource });
  it.each([
    GROUP,
    `${GROUP}/`,
    ` ${GROUP} `,
    GROUP.slice(1),
    `https://management.azure.com${GROUP}`,
    `https://management.azure.com:443${GROUP}?api-version=2024-07-01`,
    `https://management.usgovcloudapi.net${GROUP}/providers/Microsoft.Compute/virtualMachines/v?api-version=1`,
  ])('understands the scope %s', (resource) => {
    expect(asked(resource)).toMatchObject({ decision: 'Allowed' });
    expect(asked(resource.replace('rg-test', 'rg-tes'))).toMatchObject({ decision: 'ImplicitlyDenied' });
  });

  it.each(['rg-test', 'https://acme.blob.core.windows.net/public/a', 'https://kv.vault.azure.net/secrets/db', 'arn:aws:s3:::b', '*'])(
    'refuses %s, which is no scope, where it would have to say no',
    (resource) => {
      expect(asked(resource)).toEqual({ error: expect.stringContaining('is no scope') });
    },
  );
});

describe('who is asked about', () => {
  const asked = (who: string, parts: AzureParts = reads(GROUP)) =>
    azureReview(world(parts), { identity: who, action: VM_READ, resource: GROUP });
  it.each([
    ['a client id', clientId('web')],
    ['a client id in another case', clientId('web').toUpperCase()],
    ['a principal id', principalId('web')],
    ['a resource id', identityId('web')],
    ['a name', 'web'],
  ])('by %s', (_name, who) => {
    expect(asked(who)).toEqual({ decision: 'Allowed', by: expect.stringContaining('role `reader` at rg-test') });
  });

  it('by a principal that only an assignment names', () => {
    expect(asked(principalId('gone'), has(assignment('reader', 'gone', GROUP)))).toMatchObject({ decision: 'Allowed' });
  });

  it('refuses a name that nobody has, and one that two have', () => {
    const twins = { identities: [identity('web'), identity('web', { clientId: 'x', principalId: 'y' }, `${GROUP}-2`)] };
    expect(asked('constructor')).toEqual({ error: expect.stringContaining('no Azure identity `constructor` was read') });
    expect(asked('web', twins)).toEqual({ error: expect.stringContaining('2 Azure identities are called `web`') });
  });

  it('names the role that decides by what it allows, not by what it is called', () => {
    const parts = { ...has(assignment('Owner', 'web', GROUP)), definitions: [definition('Owner', { actions: [] })] };
    expect(roleId('Owner')).not.toBe(roleId('reader'));
    expect(asked('web', parts)).toMatchObject({ decision: 'ImplicitlyDenied' });
  });
});
