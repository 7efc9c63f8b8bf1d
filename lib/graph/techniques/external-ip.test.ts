import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { service, withObjects } from '../testing/exposed.ts';

const world = (...externalIPs: string[]) => withObjects(service('a/web', { externalIPs }));
const INTERNET = 'internet:internet → service:a/web (conditional)';
const NETWORK = 'node-network:nodes → service:a/web (conditional)';

describe('external-ip', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a public address', world('203.0.113.7'), [INTERNET]],
    ['a private address', world('10.0.0.7'), [NETWORK]],
    ['both', world('10.0.0.7', '203.0.113.7'), [INTERNET, NETWORK]],
    ['two public ones are one way', world('203.0.113.7', '203.0.113.8'), [INTERNET]],
    ['IPv6', world('2001:db8::7'), [INTERNET]],
    ['beside a load balancer', withObjects(service('a/web', { type: 'LoadBalancer', externalIPs: ['10.0.0.7'] })), [NETWORK]],
  ])('finds %s', (_name, one, edges) => {
    expect(edgesOf(one.inventory(), 'external-ip')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['none', world()],
    ['no service', withObjects()],
    ['an address of a load balancer', withObjects(service('a/web', { type: 'LoadBalancer' }, {}, [{ ip: '203.0.113.7' }]))],
    ['an address asked of a load balancer', withObjects(service('a/web', { type: 'LoadBalancer', loadBalancerIP: '203.0.113.7' }))],
    ['the cluster address', withObjects(service('a/web', { clusterIP: '203.0.113.7' }))],
    ['a headless service, which nobody proxies for', withObjects(service('a/web', { clusterIP: 'None', externalIPs: ['203.0.113.7'] }))],
    ['ExternalName', withObjects(service('a/web', { type: 'ExternalName', externalName: '203.0.113.7', externalIPs: ['203.0.113.7'] }))],
  ])('stays silent: %s', (_name, one) => {
    expect(edgesOf(one.inventory(), 'external-ip')).toEqual([]);
  });

  it('points at the address and is closed by taking them out', () => {
    const one = world('10.0.0.7', '203.0.113.7').inventory();
    expect(evidenceOf(one, 'external-ip')).toEqual(['Service a/web /spec/externalIPs/0', 'Service a/web /spec/externalIPs/1']);
    expect(changesOfEdges(one, 'external-ip')).toEqual([
      'internet:internet → service:a/web: externalIPs of Service/a/web, delete Service/a/web',
      'node-network:nodes → service:a/web: externalIPs of Service/a/web, delete Service/a/web',
    ]);
  });
});
