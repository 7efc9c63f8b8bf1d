import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';

type Json = Record<string, unknown>;

const metadata = (path: string, more: Json = {}): Json => {
  const slash = path.indexOf('/');
  return { namespace: path.slice(0, slash), name: path.slice(slash + 1), ...more };
};

/** A service of port 80 to the port `http` of pods labelled app=web; `spec` and `annotations` on top. */
export const service = (path: string, spec: Json = {}, annotations: Json = {}, addresses: readonly Json[] = []): Json => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata(path, { annotations }),
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http', protocol: 'TCP' }], ...spec },
  status: { loadBalancer: addresses.length === 0 ? {} : { ingress: addresses } },
});

/** An Ingress of one path to a service; addresses as its controller writes them. */
export const ingress = (path: string, spec: Json = {}, annotations: Json = {}, addresses: readonly Json[] = []): Json => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: metadata(path, { annotations }),
  spec: {
    rules: [
      {
        host: 'web.example',
        http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] },
      },
    ],
    ...spec,
  },
  status: { loadBalancer: addresses.length === 0 ? {} : { ingress: addresses } },
});

export const ingressClass = (name: string, controller: string, annotations: Json = {}): Json => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name, annotations },
  spec: { controller },
});

/** A gateway with one HTTP listener on port 80. */
export const gateway = (path: string, spec: Json = {}, addresses: readonly string[] = []): Json => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: metadata(path),
  spec: { gatewayClassName: 'some', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }], ...spec },
  ...(addresses.length === 0 ? {} : { status: { addresses: addresses.map((value) => ({ value })) } }),
});

export const route = (path: string, spec: Json = {}, kind = 'HTTPRoute'): Json => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  metadata: metadata(path),
  spec: { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }], ...spec },
});

/** Namespace a, a node and the pod a/web, labelled app=web, with port 8080 called `http`. */
export function webWorld(options: PodOptions = {}, node: Json = {}): ClusterFixture {
  return cluster()
    .namespace('a')
    .add({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1' }, spec: {}, status: {}, ...node })
    .serviceAccount('a/default')
    .pod('a/web', {
      container: { ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }] },
      ...options,
      metadata: { labels: { app: 'web' }, ...options.metadata },
    });
}

/** The same with more objects. */
export const withObjects = (...objects: readonly Json[]): ClusterFixture =>
  objects.reduce<ClusterFixture>((world, object) => world.add(object), webWorld());

/** A node with addresses. */
export const nodeWith = (...addresses: readonly { type: string; address: string }[]): Json => ({ status: { addresses } });
