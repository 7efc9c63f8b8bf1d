import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { gateway, service, withObjects } from '../testing/exposed.ts';

type Json = Record<string, unknown>;
const INTERNET = ['internet:internet → gateway:a/edge'];
const MAYBE = ['internet:internet → gateway:a/edge (conditional)'];
const NETWORK = ['node-network:nodes → gateway:a/edge'];
const NETWORK_MAYBE = ['node-network:nodes → gateway:a/edge (conditional)'];
const one = (spec: Json = {}, addresses: readonly string[] = []) => withObjects(gateway('a/edge', spec, addresses));
const told = (annotations: Json) => one({ infrastructure: { annotations } });

describe('gateway-exposed', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a public address', one({}, ['203.0.113.7']), INTERNET],
    ['a public address beside a private one', one({}, ['10.0.0.7', '203.0.113.7']), INTERNET],
    ['an external class of GKE', one({ gatewayClassName: 'gke-l7-global-external-managed' }), MAYBE],
    ['no address and a class that says nothing', one(), MAYBE],
    ['a host name', one({}, ['edge.example.com']), MAYBE],
    ['a private address', one({}, ['10.0.0.7']), NETWORK],
    ['an internal class of GKE', one({ gatewayClassName: 'gke-l7-rilb' }), NETWORK_MAYBE],
    ['an internal load balancer by annotation', told({ 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' }), NETWORK_MAYBE],
    ['an address asked for', one({ addresses: [{ value: '10.0.0.7' }] }), NETWORK],
    ['an address inside the cluster beside a public one', one({}, ['edge.a.svc.cluster.local', '203.0.113.7']), INTERNET],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'gateway-exposed')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no gateway', withObjects()],
    ['a service of the cluster', one({}, ['edge.a.svc.cluster.local'])],
    ['the cluster address of a service', one({}, ['10.96.0.7']).add(service('a/edge', { clusterIP: '10.96.0.7' }))],
    ['a service type of ClusterIP asked of Istio', told({ 'networking.istio.io/service-type': 'ClusterIP' })],
    ["a Gateway of Istio's own API", withObjects({ ...gateway('a/edge', {}, ['203.0.113.7']), apiVersion: 'networking.istio.io/v1' })],
    [
      'a class alone',
      withObjects({
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'GatewayClass',
        metadata: { name: 'some' },
        spec: { controllerName: 'x' },
      }),
    ],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'gateway-exposed')).toEqual([]);
  });

  it.each<[string, ClusterFixture, string]>([
    ['the listeners', one({}, ['10.0.0.7']), 'Gateway a/edge /spec/listeners'],
    ['the class', one({ gatewayClassName: 'gke-l7-rilb' }), 'Gateway a/edge /spec/gatewayClassName'],
    [
      'the annotation',
      told({ 'networking.gke.io/load-balancer-type': 'Internal' }),
      'Gateway a/edge /spec/infrastructure/annotations/networking.gke.io~1load-balancer-type',
    ],
  ])('points at %s', (_name, world, evidence) => {
    expect(evidenceOf(world.inventory(), 'gateway-exposed')).toEqual([evidence]);
  });

  it('is closed by deleting the gateway', () => {
    expect(changesOfEdges(one({}, ['203.0.113.7']).inventory(), 'gateway-exposed')).toEqual([`${INTERNET[0]}: delete Gateway/a/edge`]);
  });
});
