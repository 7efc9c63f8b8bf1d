import fc from 'fast-check';
import { cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';
import { goldenObjects } from './golden-objects.ts';
import { worlds } from './worlds.ts';

type Json = Record<string, unknown>;

const namespace = fc.constantFrom('a', 'b', 'kube-system');
const name = fc.constantFrom('web', 'db', 'constructor');
const path = fc.tuple(namespace, name).map((parts) => parts.join('/'));

/** Rights that techniques ask for, by group: whole rules, so that preconditions of two and three parts are met often enough. */
const RIGHTS: readonly (readonly [verbs: string, groups: string, resources: string])[] = [
  ['create,get', '', 'pods/attach,pods/exec,pods/portforward,pods/log,pods/proxy,services/proxy'],
  ['update,patch', '', 'pods/status,nodes/status,services/status,pods,nodes,services,endpoints'],
  ['create,delete', '', 'pods,pods/eviction,pods/binding,nodes'],
  ['create,get,list', '', 'secrets,serviceaccounts,persistentvolumeclaims'],
  ['create', '', 'persistentvolumes,pods,serviceaccounts/token,services'],
  ['update,patch', '', 'namespaces,configmaps'],
  ['create,update', 'discovery.k8s.io', 'endpointslices'],
  ['create,update,delete', 'admissionregistration.k8s.io', '*'],
  ['create,update', 'apiregistration.k8s.io,apiextensions.k8s.io', '*'],
  ['create,get,update,approve,sign', 'certificates.k8s.io', '*'],
  ['create', 'storage.k8s.io', 'storageclasses'],
  ['create,update', 'argoproj.io,kustomize.toolkit.fluxcd.io,tekton.dev,monitoring.coreos.com', '*'],
  ['impersonate:user-info,impersonate:serviceaccount,impersonate:arbitrary-node', 'authentication.k8s.io', '*'],
  ['impersonate-on:user-info:create,impersonate-on:serviceaccount:create', '*', '*'],
  ['use', 'security.openshift.io', 'securitycontextconstraints'],
  ['create,update', 'apps,batch', '*'],
  ['*', '*', '*'],
];

const rules = fc
  .tuple(fc.constantFrom(...RIGHTS), fc.option(fc.constantFrom('web', 'db', 'coredns'), { nil: undefined, freq: 4 }))
  .map(([[verbs, groups, resources], names]) => rule(verbs, groups, resources, names));

const subject = fc.oneof(
  { weight: 4, arbitrary: path.map(sa) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(group('system:authenticated'), group('system:bootstrappers'), group('system:nodes'), user('alice')),
  },
);

/** Further rights that belong together: whoever has one of these sets can do something by it alone. */
const TOGETHER: readonly (readonly [verbs: string, groups: string, resources: string])[][] = [
  [
    ['create,get,update,patch', 'certificates.k8s.io', 'certificatesigningrequests,certificatesigningrequests/approval'],
    ['approve,sign', 'certificates.k8s.io', 'signers'],
    ['update', 'certificates.k8s.io', 'certificatesigningrequests/status'],
  ],
  [
    ['create', 'certificates.k8s.io', 'certificatesigningrequests,certificatesigningrequests/nodeclient'],
    ['get', 'certificates.k8s.io', '*'],
  ],
  [
    ['create,bind,update', 'rbac.authorization.k8s.io', '*'],
    ['escalate', 'rbac.authorization.k8s.io', '*'],
  ],
  [
    ['create', '', 'persistentvolumes,persistentvolumeclaims,pods'],
    ['create', 'storage.k8s.io', 'storageclasses'],
  ],
  [
    ['update,patch', '', 'namespaces'],
    ['create', '', 'pods'],
  ],
  [
    ['patch', '', 'configmaps,pods/ephemeralcontainers'],
    ['get', '', 'pods/log,nodes/proxy'],
  ],
  [
    ['create', '', 'pods,serviceaccounts,serviceaccounts/token,pods/binding'],
    ['use', 'security.openshift.io', 'securitycontextconstraints'],
  ],
  [
    ['impersonate', '', 'users,groups,serviceaccounts'],
    ['create,update', 'apps,batch', '*'],
  ],
  [
    ['impersonate:user-info,impersonate:serviceaccount,impersonate:arbitrary-node', 'authentication.k8s.io', '*'],
    ['impersonate-on:user-info:get,impersonate-on:serviceaccount:get,impersonate-on:arbitrary-node:get', '', '*'],
  ],
  [
    ['update,patch,delete', 'admissionregistration.k8s.io', '*'],
    ['create', '', 'pods'],
  ],
  [
    ['patch', 'apiextensions.k8s.io', 'customresourcedefinitions'],
    ['patch', '', 'endpoints'],
  ],
  [
    ['delete', '', 'pods,nodes'],
    ['patch', '', 'nodes,nodes/status'],
  ],
];

const together = fc.constantFrom(...TOGETHER).map((list) => list.map(([verbs, groups, resources]) => rule(verbs, groups, resources)));

/** A role with the binding that gives it: `grant` is the name of both. */
const grant = fc
  .record({
    at: namespace,
    grant: fc.constantFrom('g1', 'g2', 'g3', 'g4'),
    rules: fc.oneof(together, fc.array(rules, { minLength: 1, maxLength: 3 })),
    subjects: fc.array(subject, { minLength: 1, maxLength: 2 }),
    clusterWide: fc.boolean(),
    dangling: fc.boolean(),
  })
  .map(({ at, grant: called, rules: list, subjects, clusterWide, dangling }): Json[] => {
    const to = dangling ? [...subjects, sa('a/gone')] : subjects;
    const fixture = clusterWide
      ? cluster()
          .clusterRole(called, ...list)
          .clusterRoleBinding(called, `ClusterRole/${called}`, ...to)
      : cluster()
          .role(`${at}/${called}`, ...list)
          .roleBinding(`${at}/${called}`, `Role/${called}`, ...to);
    return fixture.objects;
  });

const HOST_PATHS = [
  '/',
  '/var/log',
  '/var/lib/kubelet/pods',
  '/etc/kubernetes/manifests',
  '/proc/sys/kernel',
  '/etc',
  '/run/containerd/containerd.sock',
];

const pod: fc.Arbitrary<Json> = fc
  .record({
    path,
    serviceAccount: name,
    node: fc.constantFrom('n1', 'n2', ''),
    hostPath: fc.option(fc.constantFrom(...HOST_PATHS), { nil: undefined }),
    readOnly: fc.boolean(),
    spec: fc.constantFrom<Json>(
      {},
      { hostPID: true },
      { hostNetwork: true },
      { hostIPC: true },
      { hostUsers: false },
      { runtimeClassName: 'gvisor' },
    ),
    context: fc.constantFrom<Json>(
      {},
      { privileged: true },
      { capabilities: { add: ['SYS_MODULE', 'DAC_READ_SEARCH'] } },
      { capabilities: { add: ['SYS_RAWIO', 'NET_ADMIN'] } },
      { windowsOptions: { hostProcess: true } },
    ),
    hostPort: fc.option(fc.constantFrom(80, 8443), { nil: undefined }),
    owned: fc.boolean(),
  })
  .map(({ path: at, hostPath, readOnly, context, hostPort, owned, ...options }) => {
    const volumes = hostPath === undefined ? [] : [{ name: 'h', hostPath: { path: hostPath } }];
    const mounts = hostPath === undefined ? [] : [{ name: 'h', mountPath: '/x', readOnly }];
    const ports = [{ name: 'http', containerPort: 80, ...(hostPort === undefined ? {} : { hostPort }) }];
    const [, called] = at.split('/');
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: called, uid: `uid-of-${at}`, controller: true };
    const metadata = { labels: { app: called }, ...(owned ? { ownerReferences: [owner] } : {}) };
    return cluster().pod(at, { ...options, metadata, volumes, mounts, container: { securityContext: context, ports } }).objects[0] as Json;
  });

const meta = (at: string): Json => {
  const [where, called] = at.split('/');
  return { namespace: where, name: called };
};

const service = fc.record({ path, type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer'), app: name, external: fc.boolean() }).map(
  ({ path: at, type, app, external }): Json => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta(at),
    spec: {
      type,
      selector: { app },
      ports: [{ port: 80, targetPort: 'http', ...(type === 'ClusterIP' ? {} : { nodePort: 30080 }) }],
      ...(external ? { externalIPs: ['203.0.113.7'] } : {}),
    },
    status: { loadBalancer: { ingress: type === 'LoadBalancer' ? [{ ip: '203.0.113.9' }] : [] } },
  }),
);

const ingress = fc.record({ path, service: name }).map(
  ({ path: at, service: named }): Json => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: meta(at),
    spec: {
      rules: [{ host: 'x.example.com', http: { paths: [{ path: '/', backend: { service: { name: named, port: { number: 80 } } } }] } }],
    },
    status: { loadBalancer: { ingress: [{ ip: '203.0.113.8' }] } },
  }),
);

const gateway = path.map(
  (at): Json => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: meta(at),
    spec: {
      gatewayClassName: 'x',
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
    },
    status: { addresses: [{ type: 'IPAddress', value: '203.0.113.6' }] },
  }),
);

const route = fc.record({ path, parent: path, backend: name }).map(
  ({ path: at, parent, backend }): Json => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: meta(at),
    spec: {
      hostnames: ['x.example.com'],
      parentRefs: [{ ...meta(parent), group: 'gateway.networking.k8s.io', kind: 'Gateway' }],
      rules: [{ backendRefs: [{ name: backend, port: 80 }] }],
    },
  }),
);

const LEVELS = [{}, { 'pod-security.kubernetes.io/enforce': 'restricted' }, { 'pod-security.kubernetes.io/enforce': 'baseline' }];

const rest = fc.oneof(
  fc.tuple(namespace, fc.constantFrom<Json>(...LEVELS)).map(([at, labels]) => cluster().namespace(at, labels).objects[0] as Json),
  fc
    .tuple(fc.constantFrom('n1', 'n2'), fc.constantFrom<Json>({}, { 'node-role.kubernetes.io/control-plane': '' }))
    .map(([at, labels]) => cluster().node(at, labels).objects[0] as Json),
  path.map((at) => cluster().serviceAccount(at).objects[0] as Json),
  path.map((at) => cluster().secret(at).objects[0] as Json),
  path.map((at) => cluster().workload('Deployment', at).objects[0] as Json),
  path.map((at) => cluster().networkPolicy(at, { podSelector: {}, policyTypes: ['Ingress'] }).objects[0] as Json),
  name.map(
    (at): Json => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: at }, provisioner: 'rancher.io/local-path' }),
  ),
  name.map(
    (at) =>
      cluster().webhookConfiguration('ValidatingWebhookConfiguration', at, {
        name: 'v.example.com',
        clientConfig: { service: { namespace: 'a', name: 'web' } },
        rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
      }).objects[0] as Json,
  ),
  fc.constantFrom('applications.argoproj.io', 'taskruns.tekton.dev', 'widgets.example.com').map((at): Json => {
    const [plural, ...groups] = at.split('.');
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: at },
      spec: {
        group: groups.join('.'),
        names: { plural, kind: 'X' },
        conversion: { strategy: 'Webhook', webhook: { clientConfig: { service: { namespace: 'a', name: 'web' } } } },
      },
    };
  }),
  name.map(
    (at): Json => ({
      apiVersion: 'security.openshift.io/v1',
      kind: 'SecurityContextConstraints',
      metadata: { name: at },
      allowPrivilegedContainer: true,
      users: [],
      groups: [],
    }),
  ),
);

const identity = ({ kind, metadata }: Json): string => `${kind} ${(metadata as Json).namespace ?? ''}/${(metadata as Json).name}`;

const one = (arbitrary: fc.Arbitrary<Json>): fc.Arbitrary<Json[]> => arbitrary.map((object) => [object]);

const wide = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: grant },
    { weight: 3, arbitrary: one(pod) },
    { weight: 2, arbitrary: one(service) },
    { weight: 3, arbitrary: one(fc.oneof(ingress, gateway, route)) },
    { weight: 4, arbitrary: one(rest) },
  ),
  { minLength: 0, maxLength: 25 },
);

/**
 * Objects of a cluster that gives techniques of Kubernetes much to find: a golden world and whatever else there may be, no object twice, in an
 * order that means nothing.
 */
export const wideWorlds: fc.Arbitrary<Json[]> = fc
  .tuple(fc.constantFrom(...goldenObjects), wide, worlds)
  .map(([golden, objects, others]) => [
    ...new Map([...golden, ...objects.flat(), ...others.slice(0, 8)].map((object) => [identity(object), object])).values(),
  ]);
