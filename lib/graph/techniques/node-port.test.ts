import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { nodeWith, service, webWorld, withObjects } from '../testing/exposed.ts';

const PORTS = [{ port: 80, nodePort: 30080 }];
const NODE_PORT = service('a/web', { type: 'NodePort', ports: PORTS });
const UNNUMBERED = service('a/web', { type: 'NodePort', ports: [{ port: 80 }] });
const EXTERNAL = { type: 'ExternalIP', address: '203.0.113.4' };
const NETWORK = 'node-network:nodes → service:a/web';
const MAYBE = 'internet:internet → service:a/web (conditional)';

describe('node-port', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a service of type NodePort', withObjects(NODE_PORT), [NETWORK]],
    ['the node ports of a load balancer', withObjects(service('a/web', { type: 'LoadBalancer', ports: PORTS })), [NETWORK]],
    ['the second port alone', withObjects(service('a/web', { type: 'NodePort', ports: [{ port: 1 }, ...PORTS] })), [NETWORK]],
    ['a manifest, to whose port the API server will give one', withObjects(UNNUMBERED), [NETWORK]],
    ['a manifest beside a public node', webWorld({}, nodeWith(EXTERNAL)).add(UNNUMBERED), [MAYBE, NETWORK]],
    ['a node with an external address', webWorld({}, nodeWith(EXTERNAL)).add(NODE_PORT), [MAYBE, NETWORK]],
    [
      'a node whose internal address is public',
      webWorld({}, nodeWith({ type: 'InternalIP', address: '203.0.113.4' })).add(NODE_PORT),
      [MAYBE, NETWORK],
    ],
    ['nodes that are private', webWorld({}, nodeWith({ type: 'InternalIP', address: '10.0.0.4' })).add(NODE_PORT), [NETWORK]],
    ['an external address that is private', webWorld({}, nodeWith({ type: 'ExternalIP', address: '10.0.0.4' })).add(NODE_PORT), [NETWORK]],
    ['a host name is no address', webWorld({}, nodeWith({ type: 'Hostname', address: '203.0.113.4' })).add(NODE_PORT), [NETWORK]],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'node-port')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['ClusterIP', withObjects(service('a/web'))],
    ['ClusterIP with a node port left over', withObjects(service('a/web', { type: 'ClusterIP', ports: PORTS }))],
    ['NodePort without any port', withObjects(service('a/web', { type: 'NodePort', ports: [] }))],
    ['a load balancer without node ports', withObjects(service('a/web', { type: 'LoadBalancer', ports: [{ port: 80 }] }))],
    ['node port 0, which is none', withObjects(service('a/web', { type: 'LoadBalancer', ports: [{ port: 80, nodePort: 0 }] }))],
    ['ExternalName', withObjects(service('a/web', { type: 'ExternalName', ports: PORTS }))],
    ['a public node and no service', webWorld({}, nodeWith(EXTERNAL))],
    [
      'an Ingress resource of the same name',
      withObjects({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { namespace: 'a', name: 'web' }, spec: {} }),
    ],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'node-port')).toEqual([]);
  });

  it('points at the port, and at the address of a node', () => {
    const world = webWorld({}, nodeWith({ type: 'InternalIP', address: '10.0.0.4' }, EXTERNAL)).add(NODE_PORT);
    expect(evidenceOf(world.inventory(), 'node-port')).toEqual([
      'Service a/web /spec/ports/0/nodePort',
      'Service a/web /spec/ports/0/nodePort',
      'Node n1 /status/addresses/1',
    ]);
  });

  it('points at the type where no port is given yet', () => {
    expect(evidenceOf(withObjects(UNNUMBERED).inventory(), 'node-port')).toEqual(['Service a/web /spec/type']);
  });

  it('is closed by type ClusterIP and by deleting the service', () => {
    expect(changesOfEdges(withObjects(NODE_PORT).inventory(), 'node-port')).toEqual([
      `${NETWORK}: type ClusterIP of Service/a/web, delete Service/a/web`,
    ]);
  });
});
