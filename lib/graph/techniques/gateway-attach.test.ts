import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { gateway, route, withObjects } from '../testing/exposed.ts';

type Json = Record<string, unknown>;
const edge = (id = 'a/HTTPRoute/web') => [`gateway:a/edge → route:${id}`];
const listener = (more: Json = {}) => ({ name: 'http', port: 80, protocol: 'HTTP', ...more });
const from = (value: string, selector?: Json) => ({
  allowedRoutes: { namespaces: { from: value, ...(selector === undefined ? {} : { selector }) } },
});
const pair = (listenerMore: Json, routeSpec: Json = {}, kind = 'HTTPRoute') =>
  withObjects(gateway('a/edge', { listeners: [listener(listenerMore)] }, ['203.0.113.7']), route('a/web', routeSpec, kind));
const foreign = (listenerMore: Json) =>
  withObjects(
    gateway('a/edge', { listeners: [listener(listenerMore)] }, ['203.0.113.7']),
    route('b/web', { parentRefs: [{ name: 'edge', namespace: 'a' }] }),
  );
const hosts = (hostname: string | undefined, ...hostnames: string[]) => pair(hostname === undefined ? {} : { hostname }, { hostnames });

describe('gateway-attach', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a route of the same namespace', pair({}), edge()],
    ['a route of another namespace, with All', foreign(from('All')), edge('b/HTTPRoute/web')],
    [
      'a namespace that a selector selects',
      foreign(from('Selector', { matchLabels: { team: 'web' } })).namespace('b', { team: 'web' }),
      edge('b/HTTPRoute/web'),
    ],
    [
      'a namespace by its name, though it was not read',
      foreign(from('Selector', { matchLabels: { 'kubernetes.io/metadata.name': 'b' } })),
      edge('b/HTTPRoute/web'),
    ],
    [
      'a namespace whose labels were not read',
      foreign(from('Selector', { matchLabels: { team: 'web' } })),
      [`${edge('b/HTTPRoute/web')[0]} (conditional)`],
    ],
    ['the listener by name', pair({}, { parentRefs: [{ name: 'edge', sectionName: 'http' }] }), edge()],
    ['the listener by port', pair({}, { parentRefs: [{ name: 'edge', port: 80 }] }), edge()],
    ['the second reference', pair({}, { parentRefs: [{ name: 'other' }, { name: 'edge' }] }), edge()],
    ['a host in common', hosts('web.example', 'WEB.example'), edge()],
    ['a wildcard of the listener', hosts('*.example', 'a.b.example'), edge()],
    ['a wildcard of the route', hosts('web.example', '*.example'), edge()],
    ['wildcards of which one holds the other', hosts('*.b.example', '*.example'), edge()],
    ['a route without hosts', hosts('web.example'), edge()],
    ['a GRPCRoute', pair({}, {}, 'GRPCRoute'), edge('a/GRPCRoute/web')],
    ['a TCPRoute, whose hosts count for nothing', pair({ protocol: 'TCP', hostname: 'x.example' }, {}, 'TCPRoute'), edge('a/TCPRoute/web')],
    ['a kind that the listener names', pair({ protocol: 'TCP', allowedRoutes: { kinds: [{ kind: 'HTTPRoute' }] } }), edge()],
    ['a protocol of its own', pair({ protocol: 'example.com/own' }), [`${edge()[0]} (conditional)`]],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'gateway-attach')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a gateway of another name', pair({}, { parentRefs: [{ name: 'other' }] })],
    ['a gateway of that name in another namespace', pair({}, { parentRefs: [{ name: 'edge', namespace: 'b' }] })],
    ['a route of another namespace, with Same', foreign(from('Same'))],
    ['a route of another namespace, with nothing written', foreign({})],
    [
      'a namespace that the selector does not select',
      foreign(from('Selector', { matchLabels: { team: 'web' } })).namespace('b', { team: 'db' }),
    ],
    ['None', foreign(from('None'))],
    ['a service as parent: a mesh', pair({}, { parentRefs: [{ kind: 'Service', group: '', name: 'edge' }] })],
    ['a listener of another name', pair({}, { parentRefs: [{ name: 'edge', sectionName: 'https' }] })],
    ['another port', pair({}, { parentRefs: [{ name: 'edge', port: 443 }] })],
    ['another host', hosts('web.example', 'api.example')],
    ['a wildcard does not hold its own domain', hosts('*.example', 'example')],
    ['a wildcard holds whole labels alone', hosts('*.example', 'badexample')],
    ['wildcards of different domains', hosts('*.a.example', '*.b.example')],
    ['a TCPRoute at a listener for HTTP', pair({}, {}, 'TCPRoute')],
    ['a kind that the listener does not name', pair({ allowedRoutes: { kinds: [{ kind: 'GRPCRoute' }] } })],
    ['a gateway that nobody reaches from outside', withObjects(gateway('a/edge', {}, ['edge.a.svc.cluster.local']), route('a/web'))],
    ['no listeners', withObjects(gateway('a/edge', { listeners: [] }, ['203.0.113.7']), route('a/web'))],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'gateway-attach')).toEqual([]);
  });

  it('points at the reference and the listener, and is closed by deleting either', () => {
    const world = withObjects(
      gateway('a/edge', { listeners: [listener({ name: 'tcp', port: 1, protocol: 'TCP' }), listener()] }, ['203.0.113.7']),
      route('a/web', { parentRefs: [{ name: 'other' }, { name: 'edge' }] }),
    ).inventory();
    expect(evidenceOf(world, 'gateway-attach')).toEqual(['HTTPRoute a/web /spec/parentRefs/1', 'Gateway a/edge /spec/listeners/1']);
    expect(changesOfEdges(world, 'gateway-attach')).toEqual([`${edge()[0]}: delete HTTPRoute/a/web, delete Gateway/a/edge`]);
  });
});
