import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { explanationsOf } from '../testing/aws-onward.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const CANARY = 'Q0FOQVJZ';
const secret = (name: string, ...keys: string[]) => cluster().secret(name, { data: Object.fromEntries(keys.map((key) => [key, CANARY])) });
const aws = () => secret('shop/app', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY');
const edge = (name: string, provider: string) => `secret:${name} → cloud-key:${name}/${provider} (conditional)`;

describe('cloud-key', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['keys of AWS', aws(), [edge('shop/app', 'aws')]],
    ['a key file of Google', secret('shop/app', 'service-account.json'), [edge('shop/app', 'gcp')]],
    ['a secret of Azure', secret('shop/app', 'AZURE_CLIENT_SECRET'), [edge('shop/app', 'azure')]],
    [
      'two clouds in one secret',
      secret('shop/app', 'AWS_SECRET_ACCESS_KEY', 'AZURE_CLIENT_SECRET'),
      [edge('shop/app', 'aws'), edge('shop/app', 'azure')],
    ],
    [
      'the same names in two namespaces',
      aws().secret('pay/app', { data: { AWS_SECRET_ACCESS_KEY: CANARY } }),
      [edge('pay/app', 'aws'), edge('shop/app', 'aws')],
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'cloud-key')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a password', secret('shop/app', 'password')],
    ['an empty secret', secret('shop/aws')],
    ['the region', secret('shop/app', 'AWS_REGION')],
    [
      'a config map of that name',
      cluster().add({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { namespace: 'shop', name: 'aws' },
        data: { AWS_SECRET_ACCESS_KEY: 'x' },
      }),
    ],
    ['no secret', cluster()],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'cloud-key')).toEqual([]);
  });

  it('names the cloud, and that whose key it is is unknown; never a value', () => {
    const world = secret('shop/a', 'AWS_SECRET_ACCESS_KEY').inventory();
    const { nodes } = buildGraph(world);
    const node = nodes.indexOf('cloud-key:shop/a/aws') as number;
    expect(nodes.names[node]).toBe('an AWS access key in shop/a, of an unknown principal');
    expect(JSON.stringify([nodes.records[node], explanationsOf(world, 'cloud-key')])).not.toContain(CANARY);
  });

  it('points at each entry, escaped, and closes with the secret', () => {
    const world = secret('shop/a', 'AWS_SECRET_ACCESS_KEY', 'aws-access-key-id').inventory();
    expect(evidenceOf(world, 'cloud-key')).toEqual(['Secret shop/a /data/AWS_SECRET_ACCESS_KEY', 'Secret shop/a /data/aws-access-key-id']);
    expect(changesOfEdges(world, 'cloud-key')).toEqual(['secret:shop/a → cloud-key:shop/a/aws: secret secret:shop/a']);
    expect(explanationsOf(world, 'cloud-key')[0]?.fix).toBe('kubectl delete secret a -n shop');
  });
});
