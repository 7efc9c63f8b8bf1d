import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../inventory/inventory.ts';
import { cluster } from '../../inventory/testing/cluster.ts';
import {
  aks,
  annotated,
  assignment,
  azureWorld,
  clientId,
  credential,
  flexible,
  GROUP,
  identity,
  labelled,
  OTHER_ISSUER,
  principalId,
} from './testing/azure-account.ts';
import { azureWarnings } from './warnings.ts';

const codes = (inventory: Inventory) => azureWarnings(inventory).map(({ code }) => code);
const withCredential = (one: ReturnType<typeof credential>, more = {}) =>
  azureWorld({ identities: [identity('web')], credentials: { web: [one] }, ...more });
const staging = {
  ...aks({ oidcIssuerProfile: { enabled: true, issuerURL: OTHER_ISSUER } }),
  id: '/subscriptions/x/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/staging',
  name: 'staging',
};

describe('azureWarnings', () => {
  it.each<[string, Inventory, readonly string[]]>([
    ['a principal that is no more', azureWorld({ assignments: [assignment('reader', 'gone', GROUP)] }), ['deleted-principal']],
    ['a wildcard in a subject', withCredential(credential('web', 'shop/*')), ['wildcard-in-subject']],
    [
      'a subject of this cluster that is no service account',
      withCredential(credential('web', 'x/y', { subject: 'shop:api' })),
      ['subject-no-service-account'],
    ],
    ['a flexible credential', withCredential(flexible('web', "claims['sub'] matches '*'")), ['flexible-credential']],
    [
      'a credential of another cluster of the data',
      withCredential(credential('web', 'shop/api', { issuer: OTHER_ISSUER }), { clusters: [aks(), staging] }),
      ['other-cluster'],
    ],
    [
      'annotated and without the label',
      azureWorld({}, labelled(annotated(cluster(), 'shop/api', clientId('x')), 'shop/p', 'api', {})),
      ['pod-label-missing'],
    ],
  ])('finds %s', (_name, inventory, expected) => {
    expect(codes(inventory)).toEqual(expected);
  });

  it.each<[string, Inventory]>([
    ['a principal that is an identity', azureWorld({ identities: [identity('web')], assignments: [assignment('reader', 'web', GROUP)] })],
    [
      'a principal where service principals were not read',
      azureWorld({ assignments: [assignment('reader', 'gone', GROUP)], unread: ['applications'] }),
    ],
    ['a person', azureWorld({ assignments: [assignment('reader', 'gone', GROUP, { principalType: 'User' })] })],
    [
      "the cluster's own identity",
      azureWorld({ assignments: [assignment('reader', 'gone', GROUP, { principalId: principalId('test-cluster') })] }),
    ],
    ['an exact credential', withCredential(credential('web', 'shop/api'))],
    [
      'a workflow of GitHub',
      withCredential(credential('web', 'x/y', { issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:a/b:*' })),
    ],
    ['an issuer that nobody here has', withCredential(credential('web', 'shop/api', { issuer: OTHER_ISSUER }))],
    ['annotated and with the label', azureWorld({}, labelled(annotated(cluster(), 'shop/api', clientId('x')), 'shop/p', 'api'))],
    ['without the annotation', azureWorld({}, labelled(cluster().serviceAccount('shop/api'), 'shop/p', 'api', {}))],
  ])('stays silent: %s', (_name, inventory) => {
    expect(codes(inventory)).toEqual([]);
  });
});
