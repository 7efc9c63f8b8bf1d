import { describe, expect, test } from 'vitest';
import type { Inventory } from '../inventory.ts';
import { cluster } from '../testing/cluster.ts';
import { applyChangeSet } from './apply-change-set.ts';

type Json = Readonly<Record<string, unknown>>;

const named = (kind: string, apiVersion: string, annotations: Json = {}): Json => ({
  apiVersion,
  kind,
  metadata: { namespace: 'a', name: 'web', annotations },
});
const INTERNAL = { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' };
const service = (spec: Json, annotations?: Json): Json => ({ ...named('Service', 'v1', annotations), spec });
const ingress = (spec: Json, annotations?: Json): Json => ({ ...named('Ingress', 'networking.k8s.io/v1', annotations), spec });
const gateway = (spec: Json, annotations?: Json): Json => ({ ...named('Gateway', 'gateway.networking.k8s.io/v1', annotations), spec });
const listener = { name: 'web', port: 80, protocol: 'HTTP' };
const BALANCER = { status: { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } } };

const LIVE = {
  ...service({
    type: 'LoadBalancer',
    clusterIP: '10.0.0.1',
    loadBalancerClass: 'example.com/lb',
    ports: [
      { name: 'http', port: 80, nodePort: 30080 },
      { name: 'https', port: 443, nodePort: 30443 },
    ],
  }),
  ...BALANCER,
};
const PORTS = [
  { name: 'http', port: 80 },
  { name: 'https', port: 443 },
];

/** What is kept of the object once its manifest is applied. */
function applied(base: Json, manifest: Json): Inventory['kubernetes'] {
  const world = cluster().namespace('a').add(base).inventory();
  return applyChangeSet(world, [{ change: 'apply', manifest }]).inventory.kubernetes;
}

describe('a service whose manifest says neither status nor ports of nodes', () => {
  test.each<[string, Json, Json]>([
    [
      'has them still',
      service({ type: 'LoadBalancer', ports: PORTS }),
      {
        loadBalancerIngress: ['203.0.113.7'],
        clusterIP: '10.0.0.1',
        loadBalancerClass: 'example.com/lb',
        ports: [{ nodePort: 30080 }, { nodePort: 30443 }],
      },
    ],
    [
      'has ports of nodes by their names, none twice',
      service({
        type: 'LoadBalancer',
        ports: [
          { name: 'https', port: 8443 },
          { name: 'other', port: 80, nodePort: 30080 },
          { name: 'http', port: 81 },
        ],
      }),
      { ports: [{ nodePort: 30443 }, { nodePort: 30080 }, { name: 'http', port: 81, protocol: 'TCP' }] },
    ],
    [
      'has no load balancer any more where its type goes',
      service({ type: 'NodePort', ports: PORTS }),
      { loadBalancerIngress: [], clusterIP: '10.0.0.1', ports: [{ nodePort: 30080 }, { nodePort: 30443 }] },
    ],
    [
      'has no ports of nodes any more where its type has none',
      service({ type: 'ClusterIP', ports: PORTS }),
      { loadBalancerIngress: [], clusterIP: '10.0.0.1', ports: PORTS.map((port) => ({ ...port, protocol: 'TCP' })) },
    ],
    [
      'may get another load balancer where it asks for another',
      service({ type: 'LoadBalancer', ports: PORTS }, INTERNAL),
      { loadBalancerIngress: [], clusterIP: '10.0.0.1' },
    ],
    [
      'has the status that its manifest says',
      { ...service({ type: 'LoadBalancer', ports: PORTS }), status: { loadBalancer: { ingress: [{ hostname: 'lb.example.com' }] } } },
      { loadBalancerIngress: ['lb.example.com'] },
    ],
  ])('%s', (_name, manifest, expected) => {
    const [found] = applied(LIVE, manifest).services;
    expect(found).toMatchObject(expected);
    expect(found?.ports).toHaveLength((expected.ports as unknown[] | undefined)?.length ?? 2);
  });

  test('has no class and no address of its own where it becomes a name', () => {
    const [found] = applied(LIVE, service({ type: 'ExternalName', externalName: 'db.example.com' })).services;
    expect(found).not.toHaveProperty('clusterIP');
    expect(found).not.toHaveProperty('loadBalancerClass');
  });
});

describe('addresses that a controller wrote', () => {
  const alb = { 'alb.ingress.kubernetes.io/scheme': 'internal' };
  test.each<[string, Json, readonly string[]]>([
    [
      'stay on an Ingress',
      ingress({ ingressClassName: 'nginx', defaultBackend: { service: { name: 'b', port: { number: 1 } } } }),
      ['203.0.113.7'],
    ],
    ['go from one of another class', ingress({ ingressClassName: 'alb' }), []],
    ['go from one that asks for another load balancer', ingress({ ingressClassName: 'nginx' }, alb), []],
  ])('%s', (_name, manifest, expected) => {
    const live = { ...ingress({ ingressClassName: 'nginx' }), ...BALANCER };
    expect(applied(live, manifest).ingresses[0]?.loadBalancerIngress).toEqual(expected);
  });

  test.each<[string, Json, readonly string[]]>([
    [
      'stay on a Gateway',
      gateway({ gatewayClassName: 'c', listeners: [listener, { ...listener, name: 'other', port: 81 }] }),
      ['203.0.113.7'],
    ],
    [
      'give way to those of its manifest',
      gateway({ gatewayClassName: 'c', listeners: [listener], addresses: [{ value: '10.1.1.1' }] }),
      ['10.1.1.1'],
    ],
    ['go from one of another class', gateway({ gatewayClassName: 'd', listeners: [listener] }), []],
    [
      'go from one that asks for another load balancer',
      gateway({ gatewayClassName: 'c', listeners: [listener], infrastructure: { annotations: INTERNAL } }),
      [],
    ],
  ])('%s', (_name, manifest, expected) => {
    const live = { ...gateway({ gatewayClassName: 'c', listeners: [listener] }), status: { addresses: [{ value: '203.0.113.7' }] } };
    expect(applied(live, manifest).gateways[0]?.addresses).toEqual(expected);
  });
});
