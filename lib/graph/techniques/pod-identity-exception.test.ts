import { describe, expect, test } from 'vitest';
import { aks, azureWorld, clientId, identity, identityId } from '../../access/azure/testing/azure-account.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { type ClusterFixture, cluster, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { crd } from '../testing/extensions.ts';

type Rule = ReturnType<typeof rule>;
const GROUP = 'aadpodidentity.k8s.io';
const EXCEPTIONS = 'azurepodidentityexceptions';

const kubelet = { kubeletidentity: { resourceId: identityId('kubelet').toUpperCase(), clientId: 'other', objectId: 'o' } };
const onAks = (fixture: ClusterFixture): Inventory =>
  azureWorld({ identities: [identity('kubelet')], clusters: [aks({ identityProfile: kubelet })] }, fixture);
const base = (): ClusterFixture => cluster().namespace('a').serviceAccount('a/bot');
const installed = (): ClusterFixture => base().add(crd(`${EXCEPTIONS}.${GROUP}`, 'AzurePodIdentityException'));
const running = (): ClusterFixture => installed().pod('a/bot-0', { serviceAccount: 'bot' });
const bind = (fixture: ClusterFixture, ...rules: Rule[]): ClusterFixture =>
  fixture.role('a/r', ...rules).roleBinding('a/rb', 'Role/r', sa('a/bot'));
const WRITE = rule('create', GROUP, EXCEPTIONS);
const FOUND = [`sa:a/bot → azure-identity:${clientId('kubelet')} (conditional)`];

const finds: [string, Inventory][] = [
  ['whoever writes exceptions and makes pods', onAks(bind(installed(), WRITE, rule('create', '', 'pods')))],
  [
    'patch, and a controller that makes pods',
    onAks(bind(installed(), rule('patch', GROUP, EXCEPTIONS), rule('create', 'apps', 'deployments'))),
  ],
  ['whoever reads exceptions and makes pods', onAks(bind(installed(), rule('list', GROUP, EXCEPTIONS), rule('create', '', 'pods')))],
  ['an account with a pod of its own', onAks(bind(running(), WRITE))],
  ['the same by the name of an exception', onAks(bind(running(), rule('update', GROUP, EXCEPTIONS, 'mine')))],
  [
    'the two rights from two bindings',
    onAks(
      bind(installed(), WRITE)
        .clusterRole('p', rule('create', '', 'pods'))
        .clusterRoleBinding('p', 'ClusterRole/p', sa('a/bot')),
    ),
  ],
];

const silent: [string, Inventory][] = [
  ['AAD pod identity is not installed', onAks(bind(base(), WRITE, rule('create', '', 'pods')))],
  ['no AKS cluster', bind(running(), WRITE, rule('create', '', 'pods')).inventory()],
  ['writing alone, without a pod', onAks(bind(installed(), WRITE))],
  ['a pod that has ended', onAks(bind(installed().pod('a/bot-0', { serviceAccount: 'bot', phase: 'Succeeded' }), WRITE))],
  [
    'a pod in another namespace',
    onAks(
      installed().namespace('b').pod('a/bot-0', { serviceAccount: 'bot' }).role('b/r', WRITE).roleBinding('b/rb', 'Role/r', sa('a/bot')),
    ),
  ],
  ['reading alone', onAks(bind(running(), rule('get,list,watch', GROUP, EXCEPTIONS)))],
  ['making pods alone', onAks(bind(installed(), rule('create', '', 'pods')))],
  [
    'the two rights in two namespaces',
    onAks(
      bind(installed(), WRITE)
        .namespace('b')
        .role('b/p', rule('create', '', 'pods'))
        .roleBinding('b/p', 'Role/p', sa('a/bot')),
    ),
  ],
  ['another resource of the group', onAks(bind(running(), rule('create', GROUP, 'azureidentities')))],
  ['another group', onAks(bind(running(), rule('create', 'apps', EXCEPTIONS)))],
  ['a binding whose role does not exist', onAks(running().roleBinding('a/rb', 'Role/r', sa('a/bot')))],
];

describe('pod-identity-exception finds', () => {
  test.each(finds)('%s', (_name, inventory) => expect(edgesOf(inventory, 'pod-identity-exception')).toEqual(FOUND));
});

describe('pod-identity-exception stays silent', () => {
  test.each(silent)('%s', (_name, inventory) => expect(edgesOf(inventory, 'pod-identity-exception')).toEqual([]));
});

test('evidence names the definition, the cluster and the pod; the binding closes it', () => {
  const inventory = onAks(bind(running(), WRITE));
  expect(evidenceOf(inventory, 'pod-identity-exception')).toEqual([
    'RoleBinding a/rb /subjects/0',
    'Role a/r /rules/0',
    `CustomResourceDefinition ${EXCEPTIONS}.${GROUP} /spec/names/plural`,
    expect.stringMatching(/^AksCluster .* \/properties\/identityProfile\/kubeletidentity$/),
    'Pod a/bot-0 /spec/serviceAccountName',
  ]);
  expect(changesOfEdges(inventory, 'pod-identity-exception')).toEqual([
    `sa:a/bot → azure-identity:${clientId('kubelet')}: RoleBinding/a/rb/subjects/0`,
  ]);
});
