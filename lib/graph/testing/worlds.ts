import fc from 'fast-check';
import { cluster, group, rule, sa, user } from '../../inventory/testing/cluster.ts';

type Json = Record<string, unknown>;

/** Names that a cluster may hold and that have broken other tools. */
export const HOSTILE_NAMES = ['constructor', '__proto__', 'tostring', 'a.b', 'x'.repeat(253), 'system:node'];

const NAMESPACES = ['a', 'b', 'constructor'];
const NAMES = ['web', 'db', '__proto__'];

const namespace = fc.constantFrom(...NAMESPACES);
const name = fc.constantFrom(...NAMES);
const path = fc.tuple(namespace, name).map((parts) => parts.join('/'));

const rules = fc
  .record({
    verbs: fc.constantFrom(
      '*',
      'get',
      'list',
      'create',
      'update,patch',
      'impersonate',
      'bind',
      'escalate',
      'create,bind',
      'escalate,update',
    ),
    groups: fc.constantFrom('*', '', 'apps', 'rbac.authorization.k8s.io'),
    resources: fc.constantFrom(
      '*',
      'pods',
      'pods/exec',
      'secrets',
      'serviceaccounts/token',
      'serviceaccounts',
      'users,groups',
      'deployments',
      'nodes/proxy',
      'roles',
      'clusterroles',
      'rolebindings,clusterroles',
      'clusterrolebindings,clusterroles',
      'pods/ephemeralcontainers',
    ),
    names: fc.option(name, { nil: undefined, freq: 3 }),
  })
  .map(({ verbs, groups, resources, names }) => rule(verbs, groups, resources, names));

const subject = fc.oneof(
  path.map(sa),
  fc.constantFrom(group('system:authenticated'), group('system:serviceaccounts:a'), user('alice'), user('system:serviceaccount:b:db')),
);

const pod: fc.Arbitrary<Json> = fc
  .record({
    path,
    serviceAccount: name,
    node: fc.constantFrom('n1', 'n2'),
    token: fc.boolean(),
    phase: fc.constantFrom('Running', 'Running', 'Succeeded'),
    container: fc.constantFrom<Json>(
      {},
      { securityContext: { privileged: true } },
      { securityContext: { capabilities: { add: ['SYS_ADMIN'] } } },
      { env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'db', key: 'k' } } }] },
    ),
    volumes: fc.constantFrom<Json[]>([], [{ name: 'h', hostPath: { path: '/' } }], [{ name: 'h', secret: { secretName: 'web' } }]),
  })
  .map(
    ({ path: at, volumes, ...options }) =>
      cluster().pod(at, { ...options, volumes, mounts: volumes.map((volume) => ({ name: volume.name, mountPath: '/x' })) })
        .objects[0] as Json,
  );

const binding = fc
  .record({
    path,
    kind: fc.constantFrom('Role', 'ClusterRole'),
    role: name,
    subjects: fc.array(subject, { minLength: 1, maxLength: 2 }),
    clusterWide: fc.boolean(),
  })
  .map(({ path: at, kind, role, subjects, clusterWide }) =>
    clusterWide
      ? cluster().clusterRoleBinding(at.replace('/', '-'), `ClusterRole/${role}`, ...subjects).objects[0]
      : cluster().roleBinding(at, `${kind}/${role}`, ...subjects).objects[0],
  ) as fc.Arbitrary<Json>;

const role = fc
  .record({ path, clusterWide: fc.boolean(), rules: fc.array(rules, { minLength: 1, maxLength: 3 }) })
  .map(
    ({ path: at, clusterWide, rules: list }) =>
      (clusterWide ? cluster().clusterRole(at.split('/')[1] as string, ...list) : cluster().role(at, ...list)).objects[0] as Json,
  );

const small = fc.oneof(
  path.map((at) => cluster().serviceAccount(at).objects[0] as Json),
  path.map((at) => cluster().secret(at).objects[0] as Json),
  path.map(
    (at) =>
      cluster().secret(at, {
        type: 'kubernetes.io/service-account-token',
        metadata: { annotations: { 'kubernetes.io/service-account.name': 'web' } },
      }).objects[0] as Json,
  ),
  path.map((at) => cluster().workload('Deployment', at).objects[0] as Json),
  fc.constantFrom('n1', 'n2').map((at) => cluster().node(at).objects[0] as Json),
  namespace.map((at) => cluster().namespace(at).objects[0] as Json),
);

const identity = ({ kind, metadata }: Json): string => `${kind} ${(metadata as Json).namespace ?? ''}/${(metadata as Json).name}`;

/** Objects of a small cluster, no object twice, in an order that means nothing. */
export const worlds: fc.Arbitrary<Json[]> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: pod },
      { weight: 4, arbitrary: binding },
      { weight: 4, arbitrary: role },
      { weight: 4, arbitrary: small },
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((objects) => [...new Map(objects.map((object) => [identity(object), object])).values()]);
