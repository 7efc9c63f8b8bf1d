import { describe, expect, it } from 'vitest';
import {
  aks,
  assignment,
  azureWorld,
  CLUSTER_ID,
  definition,
  deny,
  GROUP,
  identity,
  NODE_GROUP,
  roleId,
  SUB_SCOPE,
} from '../../access/azure/testing/azure-account.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const AKS = 'Microsoft.ContainerService/managedClusters';
const ADMIN_CREDENTIAL = `${AKS}/listClusterAdminCredential/action`;
const VMSS = `${NODE_GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/pool`;
const RUN = 'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action';
const entra = { aadProfile: { managed: true, enableAzureRBAC: false } };
const azureRbac = { aadProfile: { managed: true, enableAzureRBAC: true } };
const kube = () => cluster().secret('a/s').serviceAccount('a/bot').node('n1');
const machine = (name: string, id: string, fixture: ClusterFixture = cluster()) =>
  fixture.add({ apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: { providerID: `azure://${id}` } });

interface WorldParts {
  readonly scope?: string;
  readonly cluster?: object;
  readonly fixture?: ClusterFixture;
  readonly denies?: ReturnType<typeof deny>[];
  readonly more?: object;
}

const world = (
  permissions: object,
  { scope = GROUP, cluster: properties = {}, fixture = kube(), denies = [], more = {} }: WorldParts = {},
): Inventory =>
  azureWorld(
    {
      identities: [identity('web')],
      definitions: [definition('role', { ...permissions })],
      assignments: [assignment('role', 'web', scope, { ...more })],
      clusters: [aks({ ...properties })],
      denies,
    },
    fixture,
  );
const from = (scope: string, ...targets: string[]) =>
  targets.map((target) => `azure-grant:${roleId('role')}@${scope.toLowerCase()} → ${target}`).sort();
const admin = (scope = GROUP, certainty = '') => from(scope, `cluster-admin:cluster${certainty}`);
const assigns = (role: string) => ({
  condition: `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${role}}))`,
});
const CLUSTER_ADMIN_ROLE = '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8';
const WRITES = { actions: ['Microsoft.Authorization/roleAssignments/write'] };
const NS = `${CLUSTER_ID}/namespaces/a`;
const WRITER = { dataActions: [`${AKS}/secrets/*`, `${AKS}/pods/*`] };

describe('aks-access', () => {
  it.each<[string, Inventory, readonly string[]]>([
    ['the admin credential', world({ actions: [ADMIN_CREDENTIAL] }), admin()],
    ['the admin credential by the older action', world({ actions: [`${AKS}/accessProfiles/listCredential/action`] }), admin()],
    ['the admin credential beside Entra integration', world({ actions: [ADMIN_CREDENTIAL] }, { cluster: entra }), admin()],
    ['at the cluster', world({ actions: [ADMIN_CREDENTIAL] }, { scope: CLUSTER_ID }), admin(CLUSTER_ID)],
    ['at the subscription', world({ actions: [ADMIN_CREDENTIAL] }, { scope: SUB_SCOPE }), admin(SUB_SCOPE)],
    ['the user credential without Entra integration', world({ actions: [`${AKS}/listClusterUserCredential/action`] }), admin()],
    ['command invoke', world({ actions: [`${AKS}/runCommand/action`] }), admin()],
    [
      'command invoke beside Entra integration',
      world({ actions: [`${AKS}/runCommand/action`] }, { cluster: entra }),
      admin(GROUP, ' (conditional)'),
    ],
    ['changing the cluster', world({ actions: [`${AKS}/write`] }), admin(GROUP, ' (conditional)')],
    [
      'assigning roles',
      world({ actions: ['Microsoft.Authorization/roleAssignments/write'] }, { cluster: { disableLocalAccounts: true, ...entra } }),
      admin(),
    ],
    ['Contributor by its permissions', world({ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] }), admin()],
    ['Azure RBAC of everything', world({ dataActions: [`${AKS}/*`] }, { cluster: azureRbac }), admin()],
    [
      'Azure RBAC of everything in a namespace',
      world({ dataActions: [`${AKS}/*`] }, { cluster: azureRbac, scope: NS }),
      from(NS, 'namespace-admin:a'),
    ],
    ['Azure RBAC of secrets', world({ dataActions: [`${AKS}/secrets/read`] }, { cluster: azureRbac }), from(GROUP, 'all-secrets:*')],
    [
      'Azure RBAC of a writer in a namespace',
      world(WRITER, { cluster: azureRbac, scope: NS }),
      from(NS, 'all-nodes:* (conditional)', 'all-secrets:a', 'all-service-accounts:a'),
    ],
    ['commands on machines', world({ actions: [RUN] }, { scope: NODE_GROUP }), from(NODE_GROUP, 'all-nodes:*')],
    [
      'commands on machines by the subscription',
      world({ actions: ['Microsoft.Compute/*'] }, { scope: SUB_SCOPE }),
      from(SUB_SCOPE, 'all-nodes:*'),
    ],
    [
      'commands on the machines of one pool',
      world({ actions: [RUN] }, { scope: VMSS, fixture: machine('n2', `${NODE_GROUP}/x`, machine('n1', `${VMSS}/virtualMachines/0`)) }),
      from(VMSS, 'node:n1'),
    ],
  ])('finds %s', (_name, inventory, edges) => {
    expect(edgesOf(inventory, 'aks-access')).toEqual(edges);
  });

  it.each<[string, Inventory]>([
    [
      'the admin credential while local accounts are off',
      world({ actions: [ADMIN_CREDENTIAL] }, { cluster: { disableLocalAccounts: true } }),
    ],
    ['the user credential with Entra integration', world({ actions: [`${AKS}/listClusterUserCredential/action`] }, { cluster: entra })],
    ['reading the cluster', world({ actions: ['*/read'] })],
    ['another resource group', world({ actions: [ADMIN_CREDENTIAL] }, { scope: `${GROUP}-2` })],
    ['another cluster', world({ actions: [ADMIN_CREDENTIAL] }, { scope: `${CLUSTER_ID}2` })],
    ['data actions where the cluster does not ask Azure RBAC', world({ dataActions: ['*'] }, { cluster: entra })],
    ['data actions without secrets', world({ dataActions: [`${AKS}/configmaps/read`] }, { cluster: azureRbac })],
    ['a node resource group of somebody else', world({ actions: [RUN] }, { scope: GROUP })],
    [
      'commands on machines locked by a deny assignment',
      world(
        { actions: [RUN] },
        { scope: NODE_GROUP, denies: [deny('lock', NODE_GROUP, { permissions: [{ actions: ['*'], notActions: ['*/read'] }] })] },
      ),
    ],
    ['no nodes', world({ actions: [RUN] }, { scope: NODE_GROUP, fixture: cluster() })],
    ['a condition that does not hold', world({ actions: [ADMIN_CREDENTIAL] }, { more: { condition: "'a' StringEquals 'b'" } })],
    [
      'a cluster that is not the one',
      azureWorld(
        { definitions: [definition('role', { actions: ['*'] })], assignments: [assignment('role', 'web', GROUP)], clusters: [] },
        kube(),
      ),
    ],
  ])('stays silent: %s', (_name, inventory) => {
    expect(edgesOf(inventory, 'aks-access')).toEqual([]);
  });

  it('asks which roles a condition lets be assigned, and whether they help while local accounts are off', () => {
    const open = world(WRITES, { more: assigns(CLUSTER_ADMIN_ROLE) });
    const off = world(WRITES, { more: assigns(CLUSTER_ADMIN_ROLE), cluster: { disableLocalAccounts: true, ...entra } });
    const other = world(WRITES, { more: assigns('7f951dda-4ed3-4680-a7ca-43fe172d538d') });
    expect([open, off, other].map((inventory) => edgesOf(inventory, 'aks-access').length)).toEqual([1, 0, 0]);
  });

  it('points at assignment, role and cluster', () => {
    expect(evidenceOf(world({ actions: [ADMIN_CREDENTIAL] }), 'aks-access')).toEqual([
      `AzureRoleAssignment ${assignment('role', 'web', GROUP).id} /properties/roleDefinitionId`,
      `AzureRoleDefinition ${definition('role', {}).id} /properties/permissions/0/actions`,
      `AksCluster ${CLUSTER_ID} /id`,
    ]);
  });
});
