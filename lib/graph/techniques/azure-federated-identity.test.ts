import { describe, expect, it } from 'vitest';
import {
  aks,
  annotated,
  azureWorld,
  clientId,
  credential,
  flexible,
  identity,
  labelled,
  OTHER_ISSUER,
  webhookToken,
} from '../../access/azure/testing/azure-account.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { cluster } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const CLIENT = clientId('web');
const fits = { identities: [identity('web')], credentials: { web: [credential('web', 'shop/api')] } };
const shop = () => annotated(cluster(), 'shop/api', CLIENT);
const live = { serviceAccount: 'api', ...webhookToken() };
const SA = `sa:shop/api → azure-identity:${CLIENT}`;
const POD = `pod:shop/p → azure-identity:${CLIENT}`;

describe('azure-federated-identity', () => {
  it.each<[string, Inventory, readonly string[]]>([
    ['an annotation and no pod', azureWorld(fits, shop()), [`${SA} (possible)`]],
    ['a manifest with the label', azureWorld(fits, labelled(shop(), 'shop/p', 'api')), [`${POD} (wired)`, `${SA} (wired)`]],
    ['a live pod with the token', azureWorld(fits, shop().pod('shop/p', live)), [`${POD} (wired)`, `${SA} (wired)`]],
    ['no pod edge without the label', azureWorld(fits, labelled(shop(), 'shop/p', 'api', {})), [`${SA} (possible)`]],
    [
      'no pod edge for a live pod with the label and no token',
      azureWorld(fits, shop().pod('shop/p', { serviceAccount: 'api', metadata: { labels: { 'azure.workload.identity/use': 'true' } } })),
      [`${SA} (possible)`],
    ],
    ['no pod edge for a pod that has ended', azureWorld(fits, shop().pod('shop/p', { ...live, phase: 'Succeeded' })), [`${SA} (possible)`]],
    [
      'no pod edge where the webhook is off',
      azureWorld({ ...fits, clusters: [aks({ securityProfile: {} })] }, labelled(shop(), 'shop/p', 'api')),
      [`${SA} (possible)`],
    ],
    [
      'a manifest where webhooks were not read',
      azureWorld({ ...fits, clusters: [] }, labelled(shop().unread('mutatingwebhookconfigurations'), 'shop/p', 'api')),
      [`${POD} (conditional)`, `${SA} (conditional)`],
    ],
    ['no annotation', azureWorld(fits, cluster().serviceAccount('shop/api')), [`${SA} (possible)`]],
    [
      'no annotation and a pod with the label',
      azureWorld(fits, labelled(cluster().serviceAccount('shop/api'), 'shop/p', 'api')),
      [`${POD} (wired)`, `${SA} (possible)`],
    ],
    [
      'an expression that is not understood',
      azureWorld({ ...fits, credentials: { web: [flexible('web', 'x')] } }, shop()),
      [`${SA} (conditional)`],
    ],
    [
      'another subject',
      azureWorld({ ...fits, credentials: { web: [credential('web', 'shop/other')] } }, labelled(shop(), 'shop/p', 'api')),
      [`${SA} (broken)`],
    ],
    ['a client id that nobody has', azureWorld({ identities: [identity('db')] }, shop()), [`${SA} (broken)`]],
    [
      'an audience that the webhook does not ask for',
      azureWorld(
        { ...fits, credentials: { web: [credential('web', 'shop/api', { audiences: ['x'] })] } },
        labelled(shop(), 'shop/p', 'api'),
      ),
      [`${SA} (possible)`],
    ],
    [
      'a live pod with a token of that audience',
      azureWorld(
        { ...fits, credentials: { web: [credential('web', 'shop/api', { audiences: ['x'] })] } },
        cluster()
          .serviceAccount('shop/api')
          .pod('shop/p', { serviceAccount: 'api', ...webhookToken('x') }),
      ),
      [`${POD} (wired)`, `${SA} (possible)`],
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world, 'azure-federated-identity')).toEqual(edges);
  });

  it.each<[string, Inventory]>([
    [
      'a credential for another cluster',
      azureWorld(
        { ...fits, credentials: { web: [credential('web', 'shop/api', { issuer: OTHER_ISSUER })] } },
        cluster().serviceAccount('shop/api'),
      ),
    ],
    [
      'a pod with the token and no credential',
      azureWorld({ identities: [identity('web')] }, cluster().serviceAccount('shop/api').pod('shop/p', live)),
    ],
    ['an identity nobody names', azureWorld({ identities: [identity('web')] }, cluster().serviceAccount('shop/api'))],
    [
      'a wildcard in the subject',
      azureWorld({ ...fits, credentials: { web: [credential('web', 'shop/*')] } }, cluster().serviceAccount('shop/api')),
    ],
    ['nothing of Azure', azureWorld({ clusters: [] }, cluster().serviceAccount('shop/api'))],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world, 'azure-federated-identity')).toEqual([]);
  });

  it('shows label, annotation and credential, and what closes it', () => {
    const world = azureWorld(fits, labelled(shop(), 'shop/p', 'api'));
    expect(evidenceOf(world, 'azure-federated-identity')).toContain('Pod shop/p /metadata/labels/azure.workload.identity~1use');
    expect(evidenceOf(world, 'azure-federated-identity')).toContain(
      `AzureFederatedCredential ${credential('web', 'shop/api').id} /properties/subject`,
    );
    expect(changesOfEdges(world, 'azure-federated-identity')).toContain(`${SA}: federated credential: shop/api ${CLIENT}`);
  });
});
