import { describe, expect, it } from 'vitest';
import { type AzureParts, aks, azureWorld, CLUSTER_ID, clientId, identity, principalId } from '../../access/azure/testing/azure-account.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { cluster, group, rule, user } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const TEAM = 'beef0000-0000-4000-8000-000000000001';
const OWN = principalId('web');
const binding = (...subjects: ReturnType<typeof user>[]) =>
  cluster()
    .role('a/r', rule('get', '', 'pods'))
    .roleBinding('a/rb', 'Role/r', ...subjects);
const entra = (admins: readonly string[] = []) => ({
  identities: [identity('web')],
  clusters: [aks({ aadProfile: { managed: true, adminGroupObjectIDs: admins } })],
});
const member = { groups: { [TEAM]: [OWN] } };
const world = (parts: AzureParts, ...subjects: ReturnType<typeof user>[]): Inventory => azureWorld(parts, binding(...subjects));
const to = (target: string) => `azure-identity:${clientId('web')} → ${target}`;

describe('aks-entra-user', () => {
  it.each<[string, Inventory, readonly string[]]>([
    ['its object id in a binding', world(entra(), user(OWN)), [to(`user:${OWN}`)]],
    ['a group that it is in, in a binding', world({ ...entra(), ...member }, group(TEAM)), [to(`group:${TEAM}`)]],
    ['an administrator group that it is in', world({ ...entra([TEAM.toUpperCase()]), ...member }), [to('cluster-admin:cluster')]],
  ])('finds %s', (_name, inventory, edges) => {
    expect(edgesOf(inventory, 'aks-entra-user')).toEqual(edges);
  });

  it.each<[string, Inventory]>([
    ['a cluster without Entra integration', world({ identities: [identity('web')] }, user(OWN))],
    ['no binding', world(entra())],
    ['somebody else in a binding', world(entra(), user(principalId('db')))],
    ['a group that it is not in', world({ ...entra([TEAM]), groups: { [TEAM]: ['x'] } }, group(TEAM))],
    ['a group that was not read', world(entra([TEAM]), group(TEAM))],
    ['its client id in a binding', world(entra(), user(clientId('web')))],
  ])('stays silent: %s', (_name, inventory) => {
    expect(edgesOf(inventory, 'aks-entra-user')).toEqual([]);
  });

  it('points at the cluster and the group', () => {
    expect(evidenceOf(world({ ...entra([TEAM]), ...member }), 'aks-entra-user')).toEqual([
      `AksCluster ${CLUSTER_ID} /properties/aadProfile/adminGroupObjectIDs`,
      `AzureGroup ${TEAM} `,
    ]);
    expect(evidenceOf(world(entra(), user(OWN)), 'aks-entra-user')).toEqual([`AksCluster ${CLUSTER_ID} /properties/aadProfile`]);
  });
});
