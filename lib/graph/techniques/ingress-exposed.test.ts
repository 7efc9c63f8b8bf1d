import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { buildGraph } from '../build.ts';
import { isMet } from '../closing.ts';
import { techniqueAt } from '../read.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ingress, ingressClass, nodeWith, service, webWorld, withObjects } from '../testing/exposed.ts';

type Json = Record<string, unknown>;
const INTERNET = ['internet:internet → ingress:a/web'];
const MAYBE = ['internet:internet → ingress:a/web (conditional)'];
const NETWORK = ['node-network:nodes → ingress:a/web'];
const NETWORK_MAYBE = ['node-network:nodes → ingress:a/web (conditional)'];
const one = (spec: Json = {}, annotations: Json = {}, addresses: readonly Json[] = []) =>
  withObjects(ingress('a/web', spec, annotations, addresses));
const ALB = ingressClass('alb', 'ingress.k8s.aws/alb');
const NGINX = ingressClass('nginx', 'k8s.io/ingress-nginx');
const LABELS = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };
const nginx = (spec: Json = {}, addresses: readonly Json[] = [{ ip: '203.0.113.9' }], annotations: Json = {}) =>
  webWorld()
    .add(NGINX)
    .pod('ingress/controller', { metadata: { labels: LABELS } })
    .add(service('ingress/controller', { type: 'LoadBalancer', selector: LABELS, ...spec }, {}, addresses))
    .add(ingress('a/web', { ingressClassName: 'nginx' }, annotations));
const n = 'nginx.ingress.kubernetes.io/';
const alb = (annotations: Json, addresses: readonly Json[] = []) => one({ ingressClassName: 'alb' }, annotations, addresses).add(ALB);

describe('ingress-exposed', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a public address', one({}, {}, [{ ip: '203.0.113.7' }]), INTERNET],
    ['nothing known of it', one(), MAYBE],
    ['a class that nobody knows', one({ ingressClassName: 'own' }), MAYBE],
    [
      'an ALB that faces the internet',
      alb({ 'alb.ingress.kubernetes.io/scheme': 'internet-facing' }, [{ hostname: 'k8s-a.eu-west-1.elb.amazonaws.com' }]),
      INTERNET,
    ],
    ['an ALB that is not there yet', alb({ 'alb.ingress.kubernetes.io/scheme': 'internet-facing' }), MAYBE],
    ['an ALB whose class parameters say the scheme, by its name', alb({}, [{ hostname: 'k8s-a.eu-west-1.elb.amazonaws.com' }]), INTERNET],
    ['a GKE Ingress', one({}, { 'kubernetes.io/ingress.class': 'gce' }), MAYBE],
    ['nginx behind a load balancer on the internet', nginx(), INTERNET],
    ['nginx behind one without an address', nginx({}, []), MAYBE],
    ['nginx that lets in an office', nginx({}, [{ ip: '203.0.113.9' }], { [`${n}whitelist-source-range`]: '198.51.100.0/24' }), MAYBE],
    ['nginx with authentication', nginx({}, [{ ip: '203.0.113.9' }], { [`${n}auth-url`]: 'https://auth.example/check' }), MAYBE],
    [
      'the default class',
      withObjects(
        ingressClass('nginx', 'k8s.io/ingress-nginx', { 'ingressclass.kubernetes.io/is-default-class': 'true' }),
        ingress('a/web'),
      ),
      MAYBE,
    ],
  ])('finds, from the internet: %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'ingress-exposed')).toEqual(edges);
  });

  it.each<[string, ClusterFixture, string[]]>([
    ['a private address', one({}, {}, [{ ip: '10.0.0.7' }]), NETWORK],
    ['an ALB, which is internal by default', alb({}), NETWORK_MAYBE],
    ['an ALB with an internal name', alb({}, [{ hostname: 'internal-k8s-a.eu-west-1.elb.amazonaws.com' }]), NETWORK],
    ['an internal ALB by annotation', alb({ 'alb.ingress.kubernetes.io/scheme': 'internal' }), NETWORK_MAYBE],
    ['EKS Auto Mode', one({ ingressClassName: 'auto' }).add(ingressClass('auto', 'eks.amazonaws.com/alb')), NETWORK_MAYBE],
    ['gce-internal', one({}, { 'kubernetes.io/ingress.class': 'gce-internal' }), NETWORK_MAYBE],
    ['nginx behind an internal load balancer', nginx({}, [{ ip: '10.0.0.9' }]), NETWORK],
    ['nginx behind node ports', nginx({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }, []), NETWORK],
    [
      'nginx that lets in private networks alone',
      nginx({}, [{ ip: '203.0.113.9' }], { [`${n}whitelist-source-range`]: '10.0.0.0/8' }),
      NETWORK,
    ],
    [
      'the private address of an application gateway',
      one({ ingressClassName: 'agw' }, { 'appgw.ingress.kubernetes.io/use-private-ip': 'true' }).add(
        ingressClass('agw', 'azure/application-gateway'),
      ),
      NETWORK_MAYBE,
    ],
  ])('finds, from the network of the nodes alone: %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'ingress-exposed')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['no Ingress', withObjects(NGINX)],
    [
      'a controller and its load balancer alone',
      webWorld()
        .add(NGINX)
        .add(service('ingress/controller', { type: 'LoadBalancer' }, {}, [{ ip: '203.0.113.9' }])),
    ],
    ['a public node', webWorld({}, nodeWith({ type: 'ExternalIP', address: '203.0.113.4' }))],
    [
      'an Ingress of another API group',
      withObjects({ apiVersion: 'traefik.io/v1alpha1', kind: 'Ingress', metadata: { namespace: 'a', name: 'web' }, spec: {} }),
    ],
    [
      'an IngressRoute',
      withObjects({ apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute', metadata: { namespace: 'a', name: 'web' }, spec: {} }),
    ],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'ingress-exposed')).toEqual([]);
  });

  it('takes another controller of the same labels for another one', () => {
    const world = webWorld()
      .add(NGINX)
      .pod('ingress/controller', { metadata: { labels: { ...LABELS, 'app.kubernetes.io/component': 'admission' } } })
      .add(
        service('ingress/controller', { type: 'LoadBalancer', selector: { 'app.kubernetes.io/name': 'ingress-nginx' } }, {}, [
          { ip: '10.0.0.9' },
        ]),
      )
      .add(ingress('a/web', { ingressClassName: 'nginx' }));
    expect(edgesOf(world.inventory(), 'ingress-exposed')).toEqual(MAYBE);
  });

  it.each<[string, ClusterFixture, string[]]>([
    [
      'the class, and the way to its controller',
      nginx(),
      ['Ingress a/web /spec/ingressClassName', 'Service ingress/controller /status/loadBalancer/ingress'],
    ],
    [
      'the annotation of the class',
      one({}, { 'kubernetes.io/ingress.class': 'gce' }),
      ['Ingress a/web /metadata/annotations/kubernetes.io~1ingress.class'],
    ],
    [
      'the scheme',
      alb({ 'alb.ingress.kubernetes.io/scheme': 'internal' }),
      ['Ingress a/web /metadata/annotations/alb.ingress.kubernetes.io~1scheme'],
    ],
    ['the address', one({}, {}, [{ ip: '10.0.0.7' }]), ['Ingress a/web /status/loadBalancer/ingress']],
  ])('points at %s', (_name, world, evidence) => {
    expect(evidenceOf(world.inventory(), 'ingress-exposed')).toEqual(evidence);
  });

  it('is closed by deleting the Ingress, and by what closes every way to its controller', () => {
    const C = 'Service/ingress/controller';
    expect(changesOfEdges(nginx().inventory(), 'ingress-exposed')).toEqual([
      `${INTERNET[0]}: delete Ingress/a/web, type ClusterIP of ${C}, delete ${C}`,
    ]);
    expect(changesOfEdges(one({}, {}, [{ ip: '203.0.113.7' }]).inventory(), 'ingress-exposed')).toEqual([
      `${INTERNET[0]}: delete Ingress/a/web`,
    ]);
    const twice = nginx({ externalIPs: ['203.0.113.8'] }).inventory();
    expect(changesOfEdges(twice, 'ingress-exposed')).toEqual([`${INTERNET[0]}: delete Ingress/a/web, delete ${C}`]);
    const graph = buildGraph(twice);
    const edge = [...Array(graph.edges.count).keys()].find((at) => techniqueAt(graph, at) === 'ingress-exposed') as number;
    const made = (...changes: string[]) => isMet(graph.closing(edge), (change) => changes.includes(change));
    expect(made(`type ClusterIP of ${C}`)).toBe(false);
    expect(made(`type ClusterIP of ${C}`, `externalIPs of ${C}`)).toBe(true);
    expect(graph.fix(edge, `externalIPs of ${C}`).command).toContain('externalIPs');
    expect(graph.fix(edge, 'delete Ingress/a/web').command).toBe('kubectl delete ingress web -n a');
  });
});
