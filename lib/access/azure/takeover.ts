import type { AzureIdentity } from '../../inventory/azure.ts';
import type { AzureIndex } from './azure-index.ts';
import { type AzureGrant, type GrantAnswer, grantAllows, grantHas } from './grants.ts';
import { IDENTITY_ROLES, WRITE_ASSIGNMENTS, writesRoles } from './role-writing.ts';

/** A right over a managed identity by which its holder becomes it. */
export interface Takeover {
  readonly code: 'credential-write' | 'role-assignment-write' | 'identity-assign';
  readonly action: string;
  /** What the holder does, as it goes on after "whoever has it". */
  readonly does: string;
  /** What is needed besides. */
  readonly besides?: string;
}

/**
 * The ways from a right over a managed identity to its tokens, the surest first.
 * Source: https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust-user-assigned-managed-identity and
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identity-best-practice-recommendations
 */
export const TAKEOVERS: readonly Takeover[] = [
  {
    code: 'credential-write',
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write',
    does: 'adds a federated credential that trusts tokens of its own',
  },
  { code: 'role-assignment-write', action: WRITE_ASSIGNMENTS, does: 'gives itself a role that may add a federated credential' },
  {
    code: 'identity-assign',
    action: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
    does: 'runs a virtual machine or container as the identity',
    besides: 'a right to create or change a virtual machine, scale set, container group or web app somewhere',
  },
];

export interface FoundTakeover extends GrantAnswer {
  readonly takeover: Takeover;
}

/** Whether a grant has any of these rights at all. */
export const mayTakeOver = (grant: AzureGrant): boolean => TAKEOVERS.some(({ action }) => grantHas(grant, action));

/** How whoever has a grant becomes a managed identity: the surest way; undefined: in none that is known. */
export function takeoverOf(index: AzureIndex, grant: AzureGrant, identity: AzureIdentity): FoundTakeover | undefined {
  let open: FoundTakeover | undefined;
  for (const takeover of TAKEOVERS) {
    if (!grantHas(grant, takeover.action)) continue;
    const resource = identity.resourceId;
    const answer =
      takeover.action === WRITE_ASSIGNMENTS
        ? writesRoles(index, grant, resource, IDENTITY_ROLES)
        : grantAllows(index, grant, { action: takeover.action, data: false, resource });
    if (answer.truth === false) continue;
    const dependsOn = [...answer.dependsOn, ...(takeover.besides === undefined ? [] : [takeover.besides])];
    if (dependsOn.length === 0) return { takeover, truth: true, dependsOn };
    open ??= { takeover, truth: 'unknown', dependsOn };
  }
  return open;
}
