import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { annotated, azureWorld, clientId, credential, identity } from '../../access/azure/testing/azure-account.ts';
import { accountWith, association, role, roleArn } from '../../graph/testing/aws-account.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { cluster } from '../../inventory/testing/cluster.ts';
import { found } from '../testing/finding-rows.ts';

const fixOf = (inventory: Inventory) => found(inventory, 'broken-link')?.rows[0]?.fix;

describe('the label of Workload Identity', () => {
  const unlabelled = (labels: Record<string, string>) =>
    azureWorld(
      { identities: [identity('web')], credentials: { web: [credential('web', 'shop/api')] } },
      annotated(cluster(), 'shop/api', clientId('web')).pod('shop/p', {
        serviceAccount: 'api',
        token: false,
        metadata: { uid: undefined, labels },
      }),
    );

  test.each([
    ['beside others', { app: 'web' }, [{ op: 'add', path: '/metadata/labels/azure.workload.identity~1use', value: 'true' }]],
    ['where there are none', {}, [{ op: 'add', path: '/metadata/labels', value: { 'azure.workload.identity/use': 'true' } }]],
  ])('%s', (_, labels, operations) => {
    expect(parse(fixOf(unlabelled(labels))?.patches?.[0]?.text ?? '')).toEqual(operations);
  });
});

test('an association is deleted in its own region', () => {
  const world = accountWith({ roles: [role('api')] }).aws(association('shop/gone', roleArn('api')), { file: 'association.json' });
  expect(fixOf(world.serviceAccount('shop/api').inventory())?.command).toBe(
    'aws eks delete-pod-identity-association --cluster-name=test --association-id=a-shop-gone --region=eu-central-1',
  );
});
