import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { gateway, route, service, withObjects } from '../testing/exposed.ts';

type Json = Record<string, unknown>;
const EDGE = ['route:a/HTTPRoute/web → service:a/web'];
const FOREIGN = ['route:a/HTTPRoute/web → service:b/web'];
const EDGE_GATEWAY = gateway('a/edge', {}, ['203.0.113.7']);
const rules = (...backendRefs: Json[]) => ({ rules: [{ backendRefs }] });
const world = (spec: Json, ...more: Json[]) => withObjects(EDGE_GATEWAY, service('a/web'), service('b/web'), route('a/web', spec), ...more);
const grant = (from: Json = {}, to: Json = {}, namespace = 'b'): Json => ({
  apiVersion: 'gateway.networking.k8s.io/v1beta1',
  kind: 'ReferenceGrant',
  metadata: { namespace, name: 'g' },
  spec: {
    from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'a', ...from }],
    to: [{ group: '', kind: 'Service', ...to }],
  },
});
const toB = rules({ name: 'web', namespace: 'b', port: 80 });

describe('route-backend', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a service of the namespace', world({}), EDGE],
    [
      'two rules to one service are one edge',
      world({ rules: [...rules({ name: 'web', port: 80 }).rules, ...rules({ name: 'web', port: 80 }).rules] }),
      EDGE,
    ],
    [
      'a mirror',
      world({ rules: [{ filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'web', port: 80 } } }] }] }),
      EDGE,
    ],
    ['a weight of 0 beside another', world(rules({ name: 'web', port: 80, weight: 0 }, { name: 'web', port: 81, weight: 100 })), EDGE],
    ['a service of another namespace with a grant', world(toB, grant()), FOREIGN],
    ['a grant for the service by its name', world(toB, grant({}, { name: 'web' })), FOREIGN],
    ['the namespace written though it is the own', world(rules({ name: 'web', namespace: 'a', port: 80 })), EDGE],
  ])('finds %s', (_name, one, edges) => {
    expect(edgesOf(one.inventory(), 'route-backend')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    [
      'a backend of weight 0, to which nothing is sent',
      world(rules({ name: 'web', port: 80, weight: 0 }, { name: 'none', port: 80, weight: 1 })),
    ],
    ['a service that is not there', world(rules({ name: 'other', port: 80 }))],
    ['a service of another namespace without a grant', world(toB)],
    ['a grant in the namespace of the route', world(toB, grant({}, {}, 'a'))],
    ['a grant for another namespace', world(toB, grant({ namespace: 'c' }))],
    ['a grant for another kind of route', world(toB, grant({ kind: 'GRPCRoute' }))],
    ['a grant for another group', world(toB, grant({ group: 'networking.istio.io' }))],
    ['a grant for another service', world(toB, grant({}, { name: 'api' }))],
    ['a grant for secrets', world(toB, grant({}, { kind: 'Secret' }))],
    ['a backend that is no service', world(rules({ kind: 'ServiceImport', group: 'multicluster.x-k8s.io', name: 'web', port: 80 }))],
    ['no rules', world({ rules: [] })],
    ['a route that hangs on no gateway', withObjects(service('a/web'), route('a/web'))],
    ['a route that the gateway does not take', withObjects(EDGE_GATEWAY, service('a/web'), route('a/web', {}, 'TCPRoute'))],
  ])('stays silent: %s', (_name, one) => {
    expect(edgesOf(one.inventory(), 'route-backend')).toEqual([]);
  });

  it('points at the reference and the grant, and is closed by deleting the route', () => {
    const one = world(toB, grant()).inventory();
    expect(evidenceOf(one, 'route-backend')).toEqual(['HTTPRoute a/web /spec/rules/0/backendRefs/0', 'ReferenceGrant b/g /spec/from/0']);
    expect(changesOfEdges(one, 'route-backend')).toEqual([`${FOREIGN[0]}: delete HTTPRoute/a/web`]);
  });
});
