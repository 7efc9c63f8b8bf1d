import { describe, expect, it } from 'vitest';
import { type GoogleFixture, google, nodePool } from '../../access/gcp/testing/google.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const ID = 'gcp-instance-metadata';
const POOLS = [nodePool('own', 'GKE_METADATA', 'own@acme.iam.gserviceaccount.com'), nodePool('old', 'GCE_METADATA')];
const OWN = 'gsa:own@acme.iam.gserviceaccount.com';
const DEFAULT = 'gsa:1111-compute@developer.gserviceaccount.com';
const on = (pool: string): Record<string, unknown> => ({ 'cloud.google.com/gke-nodepool': pool });
const HOST = { spec: { hostNetwork: true } };
const world = (pools = POOLS): GoogleFixture => google().gke(pools);
const edges = (fixture: GoogleFixture): string[] => edgesOf(fixture.inventory(), ID);
const BLOCK = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'a', name: 'none' },
  spec: { podSelector: {}, policyTypes: ['Egress'], egress: [] },
};

describe('gcp-instance-metadata', () => {
  it.each<[string, GoogleFixture, string[]]>([
    ['a node has the account of its pool', world().node('n1', on('own')), [`node:n1 → ${OWN}`]],
    ['a pod with its own identity does not meet it', world().node('n1', on('own')).pod('a/p'), [`node:n1 → ${OWN}`]],
    ['on the host network it does', world().node('n1', on('own')).pod('a/p', HOST), [`node:n1 → ${OWN}`, `pod:a/p → ${OWN}`]],
    ['on a pool that serves the node it does', world().node('n1', on('old')).pod('a/p'), [`node:n1 → ${DEFAULT}`, `pod:a/p → ${DEFAULT}`]],
    [
      'so do all without a workload pool',
      google()
        .gke([POOLS[0] as Record<string, unknown>], false)
        .node('n1', on('own'))
        .pod('a/p'),
      [`node:n1 → ${OWN}`, `pod:a/p → ${OWN}`],
    ],
    ['on a pool that nobody knows it may', world().pod('a/p'), [`pod:a/p → ${DEFAULT} (conditional)`]],
    [
      'and on the host network it may meet any',
      world().pod('a/p', HOST),
      [`pod:a/p → ${DEFAULT} (conditional)`, `pod:a/p → ${OWN} (conditional)`],
    ],
    [
      'a network policy may keep it away',
      world().node('n1', on('old')).pod('a/p').add(BLOCK),
      [`node:n1 → ${DEFAULT}`, `pod:a/p → ${DEFAULT} (conditional)`],
    ],
    [
      'not from the host network',
      world().node('n1', on('old')).pod('a/p', HOST).add(BLOCK),
      [`node:n1 → ${DEFAULT}`, `pod:a/p → ${DEFAULT}`],
    ],
    ['ended pods are no matter', world().node('n1', on('old')).pod('a/p', { phase: 'Failed' }), [`node:n1 → ${DEFAULT}`]],
    [
      'narrow scopes leave it open',
      world([{ name: 'old', config: { oauthScopes: ['https://www.googleapis.com/auth/devstorage.read_only'] } }]).node('n1', on('old')),
      [`node:n1 → ${DEFAULT} (conditional)`],
    ],
    ['elsewhere nothing', world().at({ issuer: 'https://oidc.example.com' }).node('n1', on('old')).pod('a/p', HOST), []],
    ['a cluster that was not read', google().node('n1', on('old')).pod('a/p', HOST), []],
  ])('%s', (_name, fixture, expected) => {
    expect(edges(fixture)).toEqual(expected);
  });

  it('has evidence in the pod and the cluster, and changes of its own', () => {
    const inventory = world().node('n1', on('old')).pod('a/p').pod('a/host', HOST).inventory();
    expect(evidenceOf(inventory, ID)).toContain('Pod a/host /spec/hostNetwork');
    expect(evidenceOf(inventory, ID)).toContain(
      'GkeCluster https://container.googleapis.com/v1/projects/acme/locations/eu/clusters/main /nodePools/1/config',
    );
    expect(changesOfEdges(inventory, ID)).toEqual([
      `node:n1 → ${DEFAULT}: `,
      `pod:a/host → ${DEFAULT}: template of pod:a/host`,
      `pod:a/p → ${DEFAULT}: workload metadata of https://container.googleapis.com/v1/projects/acme/locations/eu/clusters/main/nodePools/old`,
    ]);
  });
});
