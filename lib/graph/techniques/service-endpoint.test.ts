import { describe, expect, it } from 'vitest';
import type { Gap } from '../../inventory/gap.ts';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { techniqueAt } from '../read.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { gateway, ingress, ingressClass, route, service, webWorld, withObjects } from '../testing/exposed.ts';

type Json = Record<string, unknown>;
const EDGE = ['service:a/web → pod:a/web (conditional)'];
const LB = (spec: Json = {}) => service('a/web', { type: 'LoadBalancer', ...spec }, {}, [{ ip: '203.0.113.7' }]);
const world = (spec: Json = {}, pod: PodOptions = {}) => webWorld(pod).add(LB(spec));
const policy = (one: ClusterFixture, ingressRules: Json[], more: Json = {}) =>
  one.networkPolicy('a/p', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'], ingress: ingressRules, ...more });
const port = (targetPort: unknown, more: Json = {}) => ({
  ports: [{ port: 80, protocol: 'TCP', ...(targetPort === undefined ? {} : { targetPort }), ...more }],
});
const slice = (endpoints: Json[], more: Json = {}): Json => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { namespace: 'a', name: 'web-1', labels: { 'kubernetes.io/service-name': 'web' } },
  addressType: 'IPv4',
  ports: [{ port: 8080, protocol: 'TCP' }],
  endpoints,
  ...more,
});
const selectorless = (...objects: Json[]) => withObjects(LB({ selector: undefined, ports: [{ port: 80 }] }), ...objects);
const withAddress = (podIP: string, spec: Json = {}) =>
  cluster()
    .namespace('a')
    .node('n1')
    .add({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'a', name: 'web' },
      spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'x' }], ...spec },
      status: { phase: 'Running', podIP },
    })
    .add(LB({ selector: undefined, ports: [{ port: 80 }] }));
const LABELS = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };
const nginx = (podOptions: PodOptions = {}) =>
  webWorld()
    .namespace('ingress', { role: 'edge' })
    .add(ingressClass('nginx', 'k8s.io/ingress-nginx'))
    .pod('ingress/controller', { metadata: { labels: LABELS }, ...podOptions })
    .add(service('a/web'))
    .add(ingress('a/web', { ingressClassName: 'nginx' }));
const fromEdge = [{ from: [{ namespaceSelector: { matchLabels: { role: 'edge' } } }] }];
const viaGateway = (labels: Json) =>
  withObjects(gateway('a/edge', {}, ['203.0.113.7']), route('a/web'), service('a/web')).pod('a/proxy', { metadata: { labels } });
const PROXY = { 'gateway.networking.k8s.io/gateway-name': 'edge' };
const cilium = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { namespace: 'a', name: 'c' }, spec: {} };

const hangsOn = (one: ClusterFixture): string[] => {
  const graph = buildGraph(one.inventory());
  return [...Array(graph.edges.count).keys()]
    .filter((edge) => techniqueAt(graph, edge) === 'service-endpoint')
    .flatMap((edge) => graph.explain(edge).hangsOn ?? []);
};

describe('service-endpoint', () => {
  it.each<[string, ClusterFixture]>([
    ['a port by name', world()],
    ['a port by number', world(port(9000))],
    ['no target port: the port itself', world(port(undefined))],
    [
      'one of two ports',
      world({
        ports: [
          { port: 1, targetPort: 'none' },
          { port: 80, targetPort: 'http' },
        ],
      }),
    ],
    [
      'a port of a sidecar',
      webWorld({
        spec: { initContainers: [{ name: 's', image: 'x', restartPolicy: 'Always', ports: [{ name: 'side', containerPort: 1 }] }] },
      }).add(LB(port('side'))),
    ],
    [
      'a selector of two labels',
      webWorld({ metadata: { labels: { app: 'web', tier: 'front' } } }).add(LB({ selector: { tier: 'front', app: 'web' } })),
    ],
    ['an Ingress', withObjects(service('a/web'), ingress('a/web'))],
    [
      'an Ingress that names the port',
      withObjects(
        service('a/web', port('http', { name: 'web' })),
        ingress('a/web', { rules: [], defaultBackend: { service: { name: 'web', port: { name: 'web' } } } }),
      ),
    ],
    ['a route', viaGateway({})],
    ['node ports', withObjects(service('a/web', { type: 'NodePort', ports: [{ port: 80, targetPort: 'http', nodePort: 30080 }] }))],
    ['an endpoint by pod', selectorless(slice([{ addresses: ['10.1.0.4'], targetRef: { kind: 'Pod', namespace: 'a', name: 'web' } }]))],
    ['an endpoint by address', withAddress('10.1.0.4').add(slice([{ addresses: ['10.1.0.9'] }, { addresses: ['10.1.0.4'] }]))],
    ['a policy that lets everybody in', policy(world(), [{}])],
    [
      'a policy that lets the internet in',
      policy(world({ externalTrafficPolicy: 'Local' }), [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }]),
    ],
    ['a policy that lets the port in', policy(world(), [{ ports: [{ port: 'http' }] }])],
    [
      'a policy of which one more lets in',
      policy(world(), []).networkPolicy('a/q', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] }),
    ],
    ['a policy for egress', policy(world(), [], { policyTypes: ['Egress'] })],
    ['a policy for other pods', policy(world(), [], { podSelector: { matchLabels: { app: 'db' } } })],
    ["a pod on the host's network, where policies do not hold", policy(webWorld({ spec: { hostNetwork: true } }).add(LB()), [])],
    ['an Ingress whose controller a policy lets in', policy(nginx(), fromEdge)],
    ["a proxy on the host's network of the same node", policy(nginx({ spec: { hostNetwork: true } }), [])],
    ["a gateway whose proxies' pods a policy lets in", policy(viaGateway(PROXY), [{ from: [{ podSelector: { matchLabels: PROXY } }] }])],
  ])('finds %s', (_name, one) => {
    expect(edgesOf(one.inventory(), 'service-endpoint')).toEqual(EDGE);
  });

  it.each<[string, ClusterFixture]>([
    ['a service that nobody reaches from outside', withObjects(service('a/web'))],
    [
      'a service of the cluster beside an exposed one',
      withObjects(service('a/web'), service('a/other', { type: 'LoadBalancer', selector: { app: 'other' } })),
    ],
    ['another value of the label', world({ selector: { app: 'db' } })],
    ['one of two labels', world({ selector: { app: 'web', tier: 'front' } })],
    ['a pod of another namespace', withObjects({ ...LB(), metadata: { namespace: 'b', name: 'web' } })],
    ['a port name that the pod does not have', world(port('metrics'))],
    ['a port name of another protocol', world(port('http', { protocol: 'UDP' }))],
    [
      'a port of an init container that has ended',
      webWorld({ spec: { initContainers: [{ name: 's', image: 'x', ports: [{ name: 'side', containerPort: 1 }] }] } }).add(
        LB(port('side')),
      ),
    ],
    ['an Ingress to a port that the service does not have', withObjects(service('a/web', port('http', { port: 81 })), ingress('a/web'))],
    ['a pod that ended', world({}, { phase: 'Succeeded' })],
    ['ExternalName', withObjects(service('a/web', { type: 'ExternalName', externalName: 'x' }), ingress('a/web'))],
    ['no selector and no endpoints', selectorless()],
    [
      'endpoints of another service',
      selectorless(
        slice([{ addresses: ['10.1.0.4'], targetRef: { kind: 'Pod', name: 'web' } }], {
          metadata: { namespace: 'a', name: 'x', labels: { 'kubernetes.io/service-name': 'other' } },
        }),
      ),
    ],
    [
      'endpoints of another port name',
      selectorless(
        slice([{ addresses: ['10.1.0.4'], targetRef: { kind: 'Pod', name: 'web' } }], {
          ports: [{ name: 'other', port: 8080, protocol: 'TCP' }],
        }),
      ),
    ],
    ["an address that is the host's", withAddress('10.1.0.4', { hostNetwork: true }).add(slice([{ addresses: ['10.1.0.4'] }]))],
    [
      'endpoints where a selector is',
      withObjects(LB({ selector: { app: 'db' } }), slice([{ addresses: ['10.1.0.4'], targetRef: { kind: 'Pod', name: 'web' } }])),
    ],
    ['a default deny', policy(world(), [])],
    ['a default deny in front of a route', policy(viaGateway(PROXY), [])],
    ['a policy that lets pods in alone', policy(world(), [{ from: [{ namespaceSelector: {} }] }])],
    ['a policy that lets another port in', policy(world(), [{ ports: [{ port: 9000 }] }])],
    ['an Ingress whose controller no policy lets in', policy(nginx(), [{ from: [{ podSelector: {} }] }])],
    ['an Ingress whose controller may not send', nginx().networkPolicy('ingress/p', { podSelector: {}, policyTypes: ['Egress'] })],
    ["a proxy on the host's network of another node", policy(nginx({ node: 'n2', spec: { hostNetwork: true } }), [])],
  ])('stays silent: %s', (_name, one) => {
    expect(edgesOf(one.inventory(), 'service-endpoint').filter((edge) => edge.endsWith('pod:a/web (conditional)'))).toEqual([]);
  });

  it.each<[string, ClusterFixture, string]>([
    ['something that listens', world(), 'something exploitable listening on TCP 8080, which the load balancer leads to'],
    ['an address that a policy lets in in part', policy(world(), [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }]), 'NetworkPolicy a/p'],
    ['where packets come from', policy(world(), [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }]), 'NetworkPolicy a/p'],
    [
      'proxies that are not known',
      policy(withObjects(service('a/web'), ingress('a/web', { ingressClassName: 'own' })), fromEdge),
      'what NetworkPolicies let in from the proxies of Ingress a/web',
    ],
    ['a policy of another engine', world().add(cilium), 'CiliumNetworkPolicy a/c, which is not evaluated'],
  ])('hangs on %s', (_name, one, expected) => {
    expect(hangsOn(one).join()).toContain(expected);
  });

  it('hangs on policies that could not be read', () => {
    const inventory = world().inventory();
    const gap: Gap = { id: 'g', source: 'kubernetes', what: 'networkpolicies', why: 'it was refused', remedy: 'grant it' };
    const graph = buildGraph({ ...inventory, gaps: [gap] });
    const edge = [...Array(graph.edges.count).keys()].find((at) => techniqueAt(graph, at) === 'service-endpoint') as number;
    expect(graph.explain(edge).hangsOn).toContain('NetworkPolicies, which were not read');
    expect(hangsOn(world()).join()).not.toContain('NetworkPolicies');
  });

  it('points at the selector, the labels, the port and the rule that lets in', () => {
    expect(evidenceOf(policy(world(), [{ ports: [{ port: 1 }] }, {}]).inventory(), 'service-endpoint')).toEqual([
      'Service a/web /spec/selector',
      'Pod a/web /metadata/labels',
      'Service a/web /spec/ports/0',
      'NetworkPolicy a/p /spec/ingress/1',
    ]);
    expect(
      evidenceOf(
        selectorless(slice([{ addresses: ['10.1.0.4'], targetRef: { kind: 'Pod', name: 'web' } }])).inventory(),
        'service-endpoint',
      ),
    ).toEqual(['EndpointSlice a/web-1 /endpoints/0', 'Service a/web /spec/ports/0']);
  });

  it('is closed by a policy where none isolates the pod yet, and by deleting the service', () => {
    expect(changesOfEdges(world().inventory(), 'service-endpoint')).toEqual([
      `${EDGE[0]?.replace(' (conditional)', '')}: isolate template of pod:a/web, delete Service/a/web`,
    ]);
    expect(changesOfEdges(policy(world(), [{}]).inventory(), 'service-endpoint')).toEqual([
      `${EDGE[0]?.replace(' (conditional)', '')}: delete Service/a/web`,
    ]);
  });

  it('closes what it says: the policy of the fix, applied, blocks the way', () => {
    const one = world();
    const graph = buildGraph(one.inventory());
    const edge = [...Array(graph.edges.count).keys()].find((at) => techniqueAt(graph, at) === 'service-endpoint') as number;
    const command = graph.fix(edge, 'isolate template of pod:a/web').command ?? '';
    const made = JSON.parse(/^printf %s '(.*)' \| kubectl create -f -$/.exec(command)?.[1] ?? '') as Json;
    expect(edgesOf(one.add(made).inventory(), 'service-endpoint')).toEqual([]);
  });
});
