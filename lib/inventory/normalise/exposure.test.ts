import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { built, first } from '../testing/read-objects.ts';

const metadata = { name: 'web', namespace: 'shop', uid: 'u' };

describe('a Service', () => {
  const service = (spec: object, more: object = {}) => ({ apiVersion: 'v1', kind: 'Service', metadata, spec, ...more });

  test('keeps what decides who reaches it, and nothing else', () => {
    const annotations = {
      'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
      'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
      'networking.gke.io/load-balancer-type': 'Internal',
      'service.beta.kubernetes.io/openstack-internal-load-balancer': 'true',
      'service.beta.kubernetes.io/aws-load-balancer-ssl-cert': 'CANARY',
      'kubectl.kubernetes.io/last-applied-configuration': 'CANARY',
      'meta.helm.sh/release-name': 'CANARY',
    };
    const record = first(
      'services',
      service(
        {
          type: 'LoadBalancer',
          clusterIP: '10.0.0.1',
          selector: { app: 'web' },
          ports: [
            { name: 'http', port: 80, targetPort: 'http', nodePort: 30080 },
            { port: 53, protocol: 'UDP', targetPort: 5353 },
            { port: 9, targetPort: 0, nodePort: 0 },
          ],
          externalIPs: ['203.0.113.9'],
          loadBalancerSourceRanges: ['10.0.0.0/8'],
          loadBalancerClass: 'service.k8s.aws/nlb',
          externalTrafficPolicy: 'Local',
          externalName: 'CANARY',
        },
        {
          metadata: { ...metadata, annotations },
          status: { loadBalancer: { ingress: [{ ip: '198.51.100.7' }, { hostname: 'lb.example.com', ports: [] }] } },
        },
      ),
    );
    expect(record).toEqual({
      namespace: 'shop',
      name: 'web',
      uid: 'u',
      annotations: new Map(
        Object.entries(annotations)
          .filter(([, value]) => value !== 'CANARY')
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      ),
      type: 'LoadBalancer',
      clusterIP: '10.0.0.1',
      selector: new Map([['app', 'web']]),
      ports: [
        { name: 'http', protocol: 'TCP', port: 80, targetPort: 'http', nodePort: 30080 },
        { protocol: 'UDP', port: 53, targetPort: '5353' },
        { protocol: 'TCP', port: 9 },
      ],
      externalIPs: ['203.0.113.9'],
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      loadBalancerClass: 'service.k8s.aws/nlb',
      loadBalancerIngress: ['198.51.100.7', 'lb.example.com'],
      externalTrafficPolicy: 'Local',
    });
    expect(inspect(record, { depth: null })).not.toContain('CANARY');
  });

  test.each([
    ['a manifest without anything is ClusterIP', {}, { type: 'ClusterIP', ports: [] }],
    ['an empty selector is none', { selector: {} }, { type: 'ClusterIP' }],
    ['null lists are empty', { ports: null, externalIPs: null }, { ports: [], externalIPs: [] }],
  ])('%s', (_name, spec, expected) => {
    const record = first('services', service(spec));
    expect(record).toMatchObject(expected);
    expect(record).not.toHaveProperty('selector');
  });

  test('of Knative is another kind', () => {
    const { kubernetes, gaps } = built({ apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata, spec: { template: {} } });
    expect([kubernetes.services, gaps]).toEqual([[], []]);
  });

  test.each([
    ['a port without its number', { ports: [{ name: 'x' }] }, '/items/0/spec/ports/0/port'],
    ['a target port that is an object', { ports: [{ port: 1, targetPort: {} }] }, '/items/0/spec/ports/0/targetPort'],
    ['a selector of numbers', { selector: { a: 1 } }, '/items/0/spec/selector/a'],
  ])('with %s is a gap', (_name, spec, pointer) => {
    expect(built(service(spec)).gaps).toMatchObject([{ pointer }]);
  });
});

test('an EndpointSlice says whose it is and what stands behind it', () => {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, name: 'web-x1', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    ports: [
      { name: '', port: 8080 },
      { name: 'dns', port: 53, protocol: 'UDP' },
    ],
    endpoints: [
      { addresses: ['10.1.0.4'], targetRef: { kind: 'Pod', name: 'web-1', namespace: 'shop' } },
      { addresses: ['203.0.113.1'], targetRef: { kind: 'Node', name: 'n' } },
      { addresses: ['203.0.113.2'] },
    ],
  };
  expect(first('endpointSlices', slice)).toEqual({
    namespace: 'shop',
    name: 'web-x1',
    uid: 'u',
    service: 'web',
    ports: [
      { protocol: 'TCP', port: 8080 },
      { name: 'dns', protocol: 'UDP', port: 53 },
    ],
    endpoints: [{ addresses: ['10.1.0.4'], pod: 'web-1' }, { addresses: ['203.0.113.1'] }, { addresses: ['203.0.113.2'] }],
  });
});

describe('an Ingress', () => {
  const ingress = (spec: object, more: object = {}) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec, ...more });

  test('keeps hosts, paths and backends with their pointers', () => {
    const spec = {
      ingressClassName: 'nginx',
      defaultBackend: { resource: { kind: 'StorageBucket', name: 'b' } },
      tls: [{ secretName: 'CANARY' }],
      rules: [
        { host: 'a.example', http: { paths: [{ path: '/x', backend: { service: { name: 'web', port: { number: 80 } } } }] } },
        { http: { paths: [{ backend: { service: { name: 'api', port: { name: 'http' } } } }] } },
        { host: 'empty.example' },
      ],
    };
    const record = first('ingresses', ingress(spec, { status: { loadBalancer: { ingress: [{ ip: '198.51.100.8' }] } } }));
    expect(record).toEqual({
      namespace: 'shop',
      name: 'web',
      uid: 'u',
      annotations: new Map(),
      className: 'nginx',
      defaultBackend: { pointer: '/spec/defaultBackend' },
      paths: [
        { host: 'a.example', path: '/x', service: 'web', port: '80', pointer: '/spec/rules/0/http/paths/0/backend' },
        { service: 'api', port: 'http', pointer: '/spec/rules/1/http/paths/0/backend' },
      ],
      loadBalancerIngress: ['198.51.100.8'],
    });
  });

  test('of extensions/v1beta1 has its backends in the old words', () => {
    const spec = {
      backend: { serviceName: 'web', servicePort: 'http' },
      rules: [{ http: { paths: [{ backend: { serviceName: 'api', servicePort: 8080 } }] } }],
    };
    expect(first('ingresses', { ...ingress(spec), apiVersion: 'extensions/v1beta1' })).toMatchObject({
      defaultBackend: { service: 'web', port: 'http', pointer: '/spec/backend' },
      paths: [{ service: 'api', port: '8080', pointer: '/spec/rules/0/http/paths/0/backend' }],
    });
  });

  test('keeps annotations that decide who comes in, and no secret, token or configuration among them', () => {
    const annotations = {
      'nginx.ingress.kubernetes.io/auth-url': 'https://user:CANARY@auth.example:8443/check?token=CANARY',
      'nginx.ingress.kubernetes.io/whitelist-source-range': '10.0.0.0/8',
      'nginx.ingress.kubernetes.io/auth-type': 'basic',
      'nginx.ingress.kubernetes.io/auth-secret': 'CANARY',
      'nginx.ingress.kubernetes.io/auth-tls-secret': 'CANARY',
      'nginx.ingress.kubernetes.io/configuration-snippet': 'proxy_set_header Authorization CANARY;',
      'nginx.org/basic-auth-secret': 'CANARY',
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      'alb.ingress.kubernetes.io/auth-type': 'oidc',
      'alb.ingress.kubernetes.io/auth-idp-oidc': '{"secretName":"CANARY"}',
    };
    const record = first('ingresses', ingress({}, { metadata: { ...metadata, annotations } })) as { annotations: Map<string, string> };
    expect(inspect(record, { depth: null })).not.toContain('CANARY');
    expect([...record.annotations.keys()].sort()).toEqual([
      'alb.ingress.kubernetes.io/auth-type',
      'alb.ingress.kubernetes.io/scheme',
      'nginx.ingress.kubernetes.io/auth-type',
      'nginx.ingress.kubernetes.io/auth-url',
      'nginx.ingress.kubernetes.io/whitelist-source-range',
    ]);
    expect(record.annotations.get('nginx.ingress.kubernetes.io/auth-url')).toBe('auth.example:8443');
  });

  test.each([
    ['CANARY', ''],
    ['http://$host/CANARY', '$host'],
    [`https://${'CANARY'.repeat(100)}@a@b.example?x@CANARY`, 'b.example'],
  ])('of an address of authentication only the host is kept: %.40s', (address, kept) => {
    const annotations = { 'nginx.ingress.kubernetes.io/auth-url': address };
    const record = first('ingresses', ingress({}, { metadata: { ...metadata, annotations } })) as { annotations: Map<string, string> };
    expect([...record.annotations.values()]).toEqual([kept]);
  });

  test('without a backend is a gap', () => {
    expect(built(ingress({ rules: [{ http: { paths: [{}] } }] })).gaps).toMatchObject([
      { pointer: '/items/0/spec/rules/0/http/paths/0/backend' },
    ]);
  });
});

test.each([
  ['true', true],
  ['false', false],
  [undefined, false],
])('an IngressClass whose annotation says %s', (text, isDefault) => {
  const annotations = text === undefined ? {} : { 'ingressclass.kubernetes.io/is-default-class': text };
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx', annotations },
    spec: { controller: 'k8s.io/ingress-nginx' },
  };
  expect(first('ingressClasses', object)).toEqual({ name: 'nginx', controller: 'k8s.io/ingress-nginx', isDefault });
});

describe('the Gateway API', () => {
  const GATEWAY = 'gateway.networking.k8s.io/v1';

  test('a Gateway has listeners, who may attach, and addresses: assigned ones before asked ones', () => {
    const object = {
      apiVersion: GATEWAY,
      kind: 'Gateway',
      metadata: { ...metadata, annotations: { 'networking.istio.io/service-type': 'ClusterIP', x: 'CANARY' } },
      spec: {
        gatewayClassName: 'istio',
        infrastructure: { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal', y: 'CANARY' } },
        addresses: [{ value: '203.0.113.1' }],
        listeners: [
          { name: 'http', port: 80, protocol: 'HTTP' },
          {
            name: 'tls',
            port: 443,
            protocol: 'HTTPS',
            hostname: '*.example.com',
            tls: { certificateRefs: [{ name: 'CANARY' }] },
            allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { a: 'b' } } }, kinds: [{ kind: 'GRPCRoute' }] },
          },
        ],
      },
      status: { addresses: [{ type: 'Hostname', value: 'lb.example' }] },
    };
    const record = first('gateways', object);
    expect(record).toEqual({
      namespace: 'shop',
      name: 'web',
      uid: 'u',
      annotations: new Map([['networking.istio.io/service-type', 'ClusterIP']]),
      infrastructureAnnotations: new Map([['service.beta.kubernetes.io/aws-load-balancer-scheme', 'internal']]),
      className: 'istio',
      listeners: [
        { name: 'http', port: 80, protocol: 'HTTP', kinds: [] },
        {
          name: 'tls',
          port: 443,
          protocol: 'HTTPS',
          hostname: '*.example.com',
          from: 'Selector',
          namespaceSelector: { matchLabels: new Map([['a', 'b']]), matchExpressions: [] },
          kinds: ['GRPCRoute'],
        },
      ],
      addresses: ['lb.example'],
    });
    expect(inspect(record, { depth: null })).not.toContain('CANARY');
  });

  test('a Gateway of Istio is another kind', () => {
    const { kubernetes, gaps } = built({ apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata, spec: { servers: [] } });
    expect([kubernetes.gateways, gaps]).toEqual([[], []]);
  });

  test.each(['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'])('a %s has parents and backends with their pointers', (kind) => {
    const spec = {
      hostnames: ['a.example'],
      parentRefs: [
        { name: 'edge', namespace: 'infra', sectionName: 'tls' },
        { kind: 'Service', group: '', name: 'mesh', port: 80 },
      ],
      rules: [
        {
          backendRefs: [{ name: 'web', port: 80 }],
          filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'copy', port: 81 } } }],
        },
        { filters: [{ type: 'RequestRedirect', requestRedirect: {} }] },
        { backendRefs: [{ name: 'other', namespace: 'b', kind: 'ServiceImport' }] },
      ],
    };
    expect(first('routes', { apiVersion: GATEWAY, kind, metadata, spec })).toEqual({
      kind,
      namespace: 'shop',
      name: 'web',
      uid: 'u',
      hostnames: ['a.example'],
      parents: [
        { kind: 'Gateway', namespace: 'infra', name: 'edge', sectionName: 'tls', pointer: '/spec/parentRefs/0' },
        { kind: 'Service', name: 'mesh', port: 80, pointer: '/spec/parentRefs/1' },
      ],
      backends: [
        { kind: 'Service', name: 'web', port: 80, pointer: '/spec/rules/0/backendRefs/0' },
        { kind: 'Service', name: 'copy', port: 81, pointer: '/spec/rules/0/filters/0/requestMirror/backendRef' },
        { kind: 'ServiceImport', namespace: 'b', name: 'other', pointer: '/spec/rules/2/backendRefs/0' },
      ],
    });
  });

  test('a ReferenceGrant says who may name what', () => {
    const spec = {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'a' }],
      to: [
        { group: '', kind: 'Service' },
        { group: '', kind: 'Secret', name: 's' },
      ],
    };
    expect(first('referenceGrants', { apiVersion: 'gateway.networking.k8s.io/v1beta1', kind: 'ReferenceGrant', metadata, spec })).toEqual({
      namespace: 'shop',
      name: 'web',
      uid: 'u',
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'a' }],
      to: [
        { group: '', kind: 'Service' },
        { group: '', kind: 'Secret', name: 's' },
      ],
    });
  });
});
