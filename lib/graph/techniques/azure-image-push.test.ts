import { describe, expect, it } from 'vitest';
import { assignment, azureWorld, definition, deny, GROUP, identity, roleId } from '../../access/azure/testing/azure-account.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { cluster } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/AcmeProd`;
const IMAGE = 'acmeprod.azurecr.io/shop/api:1.2';
const PUSH = { actions: ['Microsoft.ContainerRegistry/registries/pull/read', 'Microsoft.ContainerRegistry/registries/push/write'] };
const pod = (image: string, more: object = {}) => cluster().pod('shop/p', { container: { image }, ...more });
const world = (permissions: object, scope: string, fixture = pod(IMAGE), denies: ReturnType<typeof deny>[] = []): Inventory =>
  azureWorld(
    {
      identities: [identity('ci')],
      definitions: [definition('role', { ...permissions })],
      assignments: [assignment('role', 'ci', scope)],
      denies,
    },
    fixture,
  );
const NODE = 'azure-grant:push:acmeprod.azurecr.io';
const edges = (scope: string, certainty = '') =>
  [`${NODE} → pod:shop/p (conditional)`, `azure-grant:${roleId('role')}@${scope.toLowerCase()} → ${NODE}${certainty}`].sort();

describe('azure-image-push', () => {
  it.each<[string, Inventory, readonly string[]]>([
    ['a right to push to the registry', world(PUSH, REGISTRY), edges(REGISTRY)],
    ['everything above it', world({ actions: ['*'] }, GROUP), edges(GROUP, ' (conditional)')],
    [
      'a right by repository',
      world({ dataActions: ['Microsoft.ContainerRegistry/registries/repositories/*'] }, REGISTRY),
      edges(REGISTRY, ' (conditional)'),
    ],
    ['an image without a tag', world(PUSH, REGISTRY, pod('acmeprod.azurecr.io/api')), edges(REGISTRY)],
    ['an image in another case', world(PUSH, REGISTRY, pod('AcmeProd.azurecr.io/api:1')), edges(REGISTRY)],
  ])('finds %s', (_name, inventory, expected) => {
    expect(edgesOf(inventory, 'azure-image-push')).toEqual(expected);
  });

  it.each<[string, Inventory]>([
    ['pulling', world({ actions: ['Microsoft.ContainerRegistry/registries/pull/read'] }, REGISTRY)],
    ['an image by its digest', world(PUSH, REGISTRY, pod(`acmeprod.azurecr.io/api:1@sha256:${'a'.repeat(64)}`))],
    ['an image of another registry', world(PUSH, REGISTRY, pod('other.azurecr.io/api:1'))],
    ['an image of a registry that only begins alike', world(PUSH, REGISTRY, pod('acmeprod2.azurecr.io/api:1'))],
    ['a host that only looks alike', world(PUSH, REGISTRY, pod('acmeprod.azurecr.io.evil.com/api:1'))],
    ['a pod that has ended', world(PUSH, REGISTRY, pod(IMAGE, { phase: 'Succeeded' }))],
    ['a right at a vault', world({ actions: ['*'] }, `${GROUP}/providers/Microsoft.KeyVault/vaults/v`)],
    ['a deny assignment of everybody', world(PUSH, REGISTRY, pod(IMAGE), [deny('d', GROUP, { permissions: [{ actions: ['*/write'] }] })])],
  ])('stays silent: %s', (_name, inventory) => {
    expect(edgesOf(inventory, 'azure-image-push')).toEqual([]);
  });

  it('is closed for a pod by locking tags', () => {
    expect(changesOfEdges(world(PUSH, REGISTRY), 'azure-image-push')).toContain(`${NODE} → pod:shop/p: image tags of ${NODE}`);
  });

  it('points at the role and at the image', () => {
    expect(evidenceOf(world(PUSH, REGISTRY), 'azure-image-push').sort()).toEqual([
      `AzureRoleAssignment ${assignment('role', 'ci', REGISTRY).id} /properties/roleDefinitionId`,
      `AzureRoleDefinition ${definition('role', {}).id} /properties/permissions/0/actions`,
      'Pod shop/p /spec/containers/0/image',
    ]);
  });
});
