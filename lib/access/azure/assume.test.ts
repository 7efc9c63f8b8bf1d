import { describe, expect, it } from 'vitest';
import { azureAssume } from './assume.ts';
import {
  type AzureParts,
  assignment,
  azureWorld,
  definition,
  deny,
  GROUP,
  identity,
  identityId,
  SUB_SCOPE,
} from './testing/azure-account.ts';

const WRITE = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write';
const ROLES = [
  definition('credentials', { actions: [WRITE] }),
  definition('roles', { actions: ['Microsoft.Authorization/roleAssignments/write'] }),
  definition('assign', {
    actions: [
      'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action',
      'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    ],
  }),
  definition('read', { actions: ['*/read'] }),
  definition('all', { actions: ['*'] }),
  definition('contributor', { actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }),
  definition('data', { dataActions: ['*'] }),
];
const world = (...assignments: ReturnType<typeof assignment>[]) =>
  azureWorld({ identities: [identity('me'), identity('you')], definitions: ROLES, assignments });
const delegated = (role: string) => ({
  condition: `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${role}}))`,
});
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
const YOU = identityId('you');

describe('azureAssume', () => {
  it.each<[string, ReturnType<typeof world>, boolean | 'conditional', string]>([
    ['credentials at the identity', world(assignment('credentials', 'me', YOU)), true, 'credential-write'],
    ['credentials at the resource group', world(assignment('credentials', 'me', GROUP)), true, 'credential-write'],
    ['Contributor by its permissions', world(assignment('contributor', 'me', SUB_SCOPE)), true, 'credential-write'],
    ['credentials of another resource group', world(assignment('credentials', 'me', `${GROUP}-2`)), false, 'no-right'],
    ['credentials of somebody else', world(assignment('credentials', 'other', GROUP)), false, 'no-right'],
    ['writing roles', world(assignment('roles', 'me', GROUP)), true, 'role-assignment-write'],
    [
      'writing privileged roles under a condition',
      world(assignment('roles', 'me', GROUP, delegated(OWNER))),
      true,
      'role-assignment-write',
    ],
    [
      'writing identity roles under a condition',
      world(assignment('roles', 'me', GROUP, delegated('e40ec5ca-96e0-45a2-b4ff-59039f2c2b59'))),
      true,
      'role-assignment-write',
    ],
    [
      'writing other roles under a condition',
      world(assignment('roles', 'me', GROUP, delegated('7f951dda-4ed3-4680-a7ca-43fe172d538d'))),
      false,
      'no-right',
    ],
    [
      'a condition that cannot be read',
      world(assignment('roles', 'me', GROUP, { condition: '(' })),
      'conditional',
      'role-assignment-write',
    ],
    ['assigning the identity', world(assignment('assign', 'me', YOU)), 'conditional', 'identity-assign'],
    ['the surest of several', world(assignment('assign', 'me', YOU), assignment('roles', 'me', YOU)), true, 'role-assignment-write'],
    ['reading', world(assignment('read', 'me', GROUP)), false, 'no-right'],
    ['data actions', world(assignment('data', 'me', GROUP)), false, 'no-right'],
    ['nothing', world(), false, 'no-right'],
  ])('%s', (_name, inventory, allowed, code) => {
    expect(azureAssume(inventory, { from: 'me', to: 'you' })).toMatchObject({ allowed, code });
  });

  it('is stopped by a deny assignment', () => {
    const parts: AzureParts = {
      identities: [identity('me'), identity('you')],
      definitions: ROLES,
      assignments: [assignment('credentials', 'me', GROUP)],
    };
    const stopped = azureWorld({ ...parts, denies: [deny('lock', YOU, { permissions: [{ actions: [WRITE] }] })] });
    expect(azureAssume(stopped, { from: 'me', to: 'you' })).toMatchObject({ allowed: false });
  });

  it('knows an identity as itself', () => {
    expect(azureAssume(world(), { from: 'me', to: identityId('me') })).toMatchObject({ allowed: true, code: 'same' });
  });

  it('refuses whom it does not know', () => {
    expect(azureAssume(world(), { from: 'me', to: '__proto__' })).toEqual({ error: expect.stringContaining('`__proto__`') });
  });

  it('does not know what Entra ID allows, nor what was not read', () => {
    const app = azureWorld({ identities: [identity('me')] });
    const withApp = {
      ...app,
      azure: {
        ...app.azure,
        identities: [
          ...app.azure.identities,
          { kind: 'application' as const, name: 'ci', clientId: 'ci-client', resourceId: 'o', principalId: 'p' },
        ],
      },
    };
    expect(azureAssume(withApp, { from: 'me', to: 'ci' })).toMatchObject({ allowed: 'conditional', code: 'directory-rights-unread' });
    const unread = azureWorld({ identities: [identity('me'), identity('you')], unread: ['assignments'] });
    expect(azureAssume(unread, { from: 'me', to: 'you' })).toMatchObject({ allowed: 'conditional', code: 'assignments-unread' });
  });
});
