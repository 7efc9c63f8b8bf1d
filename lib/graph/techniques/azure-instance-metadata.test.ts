import { describe, expect, it } from 'vitest';
import { aks, azureWorld, clientId, identity, identityId } from '../../access/azure/testing/azure-account.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const kubelet = { kubeletidentity: { resourceId: identityId('kubelet').toUpperCase(), clientId: 'other', objectId: 'o' } };
const parts = { identities: [identity('kubelet')], clusters: [aks({ identityProfile: kubelet })] };
const world = (fixture: ClusterFixture, own: Parameters<typeof azureWorld>[0] = parts): Inventory => azureWorld(own, fixture);
const to = (from: string) => `${from} → azure-identity:${clientId('kubelet')}`;
const machine = (fixture: ClusterFixture, name: string, more: Record<string, unknown> = {}, labels: Record<string, unknown> = {}) =>
  fixture.add({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    spec: { providerID: `azure:///subscriptions/s/${name}`, ...more },
  });
const blocked = (fixture: ClusterFixture) =>
  fixture.add({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'a', name: 'none' },
    spec: { podSelector: {}, policyTypes: ['Egress'], egress: [] },
  });

describe('azure-instance-metadata', () => {
  it.each<[string, Inventory, readonly string[]]>([
    ['a node', world(machine(cluster(), 'n1')), [to('node:n1')]],
    ['a node that does not say what it is', world(cluster().node('n1')), [to('node:n1')]],
    ['a pod, unless it is stopped', world(machine(cluster(), 'n1').pod('a/p', {})), [to('node:n1'), `${to('pod:a/p')} (conditional)`]],
    [
      'a pod on the host network',
      world(machine(cluster(), 'n1').pod('a/p', { spec: { hostNetwork: true } })),
      [to('node:n1'), to('pod:a/p')],
    ],
    [
      'a pod that a policy blocks, if nobody enforces it',
      world(blocked(machine(cluster(), 'n1').pod('a/p', {}))),
      [to('node:n1'), `${to('pod:a/p')} (conditional)`],
    ],
    [
      'an identity that was not read, by the client id of the cluster',
      world(machine(cluster(), 'n1'), { clusters: parts.clusters }),
      ['node:n1 → azure-identity:other'],
    ],
  ])('finds %s', (_name, inventory, edges) => {
    expect(edgesOf(inventory, 'azure-instance-metadata')).toEqual(edges);
  });

  it.each<[string, Inventory]>([
    ['a cluster whose kubelets have no identity', world(machine(cluster(), 'n1').pod('a/p', {}), { clusters: [aks()] })],
    ['a cluster that is not AKS', world(machine(cluster(), 'n1'), { identities: [identity('kubelet')], clusters: [] })],
    ['a machine of another cloud', world(machine(cluster(), 'n1', { providerID: 'aws:///eu-west-1a/i-1' }))],
    ['a virtual node', world(machine(cluster(), 'n1', {}, { type: 'virtual-kubelet' }))],
    ['a pod on no node', world(cluster().pod('a/p', { node: '' }))],
  ])('stays silent: %s', (_name, inventory) => {
    expect(edgesOf(inventory, 'azure-instance-metadata')).toEqual([]);
  });

  it('does not look at pods that have ended', () => {
    expect(edgesOf(world(machine(cluster(), 'n1').pod('a/p', { phase: 'Failed' })), 'azure-instance-metadata')).toEqual([to('node:n1')]);
  });

  it('is closed by the template of a pod on the host network, else for all pods at once', () => {
    const fixture = machine(cluster(), 'n1')
      .pod('a/host', { spec: { hostNetwork: true } })
      .pod('a/p', {});
    expect(changesOfEdges(world(fixture), 'azure-instance-metadata')).toEqual([
      `${to('node:n1')}: identity of machines azure-identity:${clientId('kubelet')}`,
      `${to('pod:a/host')}: template of pod:a/host`,
      `${to('pod:a/p')}: metadata service of the machines of azure-identity:${clientId('kubelet')}`,
    ]);
  });

  it('points at the cluster that says whose identity it is', () => {
    expect(evidenceOf(world(machine(cluster(), 'n1')), 'azure-instance-metadata')).toEqual([
      'Node n1 /metadata/name',
      `AksCluster ${aks().id} /properties/identityProfile/kubeletidentity`,
    ]);
  });
});
