import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createInventoryBuilder, type ObjectOrigin } from './builder.ts';
import type { Inventory } from './inventory.ts';

const ORIGIN: ObjectOrigin = { source: 'snapshot', file: 'x.json', pointer: '/items/0' };
const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'api-1',
    namespace: 'shop',
    uid: 'u1',
    resourceVersion: '5',
    labels: { b: '2', a: '1' },
    annotations: {
      'eks.amazonaws.com/skip-containers': 'x',
      'kubectl.kubernetes.io/last-applied-configuration': 'CANARY-1',
      note: 'CANARY-2',
    },
    ownerReferences: [
      { apiVersion: 'v1', kind: 'X', name: 'other', uid: 'o0' },
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api', uid: 'o1', controller: true },
    ],
  },
  spec: {
    nodeName: 'n1',
    containers: [
      {
        name: 'main',
        image: 'i',
        securityContext: { privileged: true, capabilities: { add: ['SYS_ADMIN'] }, windowsOptions: { hostProcess: true } },
        env: [
          { name: 'PLAIN', value: 'CANARY-3' },
          { name: 'AWS_ROLE_ARN', value: 'arn:aws:iam::111122223333:role/x' },
          { name: 'REF', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        ],
        envFrom: [{ configMapRef: { name: 'c' } }, { secretRef: { name: 's2' } }],
        ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 8081 }],
        volumeMounts: [
          { name: 'kube-api-access-ab12c', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
          { name: 'host', mountPath: '/host' },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: 'c' } },
      { name: 'host', hostPath: { path: '/' } },
      {
        name: 'kube-api-access-ab12c',
        projected: {
          sources: [{ configMap: {} }, { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } }, { secret: { name: 'ps' } }],
        },
      },
    ],
  },
  status: { phase: 'Running', podIP: '10.0.0.1' },
};

const CLOUD_ENV = [
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AZURE_CLIENT_ID',
  'GOOGLE_APPLICATION_CREDENTIALS',
];

function built(...objects: unknown[]): Inventory {
  const builder = createInventoryBuilder();
  for (const object of objects) builder.addObject(object, ORIGIN);
  return builder.finish();
}

function withField(path: string, value: unknown): unknown {
  const copy = structuredClone(POD) as unknown as Record<string, unknown>;
  const keys = path.split('/').slice(1);
  let here = copy;
  for (const key of keys.slice(0, -1)) here = here[key] as Record<string, unknown>;
  here[keys.at(-1) ?? ''] = value;
  return copy;
}

describe('a pod', () => {
  test('keeps what decides something and nothing else', () => {
    const [pod] = built(POD).kubernetes.pods;
    expect(pod).toEqual({
      namespace: 'shop',
      name: 'api-1',
      uid: 'u1',
      labels: new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
      annotations: new Map([['eks.amazonaws.com/skip-containers', 'x']]),
      owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api', uid: 'o1' },
      nodeName: 'n1',
      phase: 'Running',
      podIP: '10.0.0.1',
      spec: {
        serviceAccountName: 'default',
        hostNetwork: false,
        hostPID: false,
        hostIPC: false,
        shareProcessNamespace: false,
        imagePullSecrets: [],
        nodeSelector: new Map(),
        tolerations: [],
        containers: [
          {
            list: 'containers',
            index: 0,
            name: 'main',
            image: 'i',
            securityContext: { privileged: true, capabilitiesAdd: ['SYS_ADMIN'], capabilitiesDrop: [], hostProcess: true },
            volumeMounts: [
              { volume: 'kube-api-access', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
              { volume: 'host', mountPath: '/host', readOnly: false },
            ],
            secretReferences: [
              { secret: 's', key: 'k', pointer: '/env/2/valueFrom/secretKeyRef' },
              { secret: 's2', pointer: '/envFrom/1/secretRef' },
            ],
            envNames: ['PLAIN', 'AWS_ROLE_ARN', 'REF'],
            awsRoleArn: 'arn:aws:iam::111122223333:role/x',
            ports: [
              { protocol: 'TCP', containerPort: 80 },
              { protocol: 'TCP', containerPort: 81, hostPort: 8081 },
            ],
          },
        ],
        volumes: [
          { index: 0, name: 'config', source: 'configMap', projectedSecrets: [], tokens: [] },
          { index: 1, name: 'host', source: 'hostPath', hostPath: '/', projectedSecrets: [], tokens: [] },
          {
            index: 2,
            name: 'kube-api-access',
            source: 'projected',
            projectedSecrets: [{ name: 'ps', source: 2 }],
            tokens: [{ path: 'token', expirationSeconds: 3607, source: 1 }],
          },
        ],
      },
    });
    expect([...(pod?.labels.keys() ?? [])]).toEqual(['a', 'b']);
  });

  test('keeps what clouds look at: labels, annotations of the webhooks, names of the variables that they inject', () => {
    const [pod] = built({
      ...POD,
      metadata: {
        name: 'api',
        namespace: 'shop',
        labels: { 'azure.workload.identity/use': 'true' },
        annotations: {
          'azure.workload.identity/inject-proxy-sidecar': 'true',
          'eks.amazonaws.com/skip-containers': 'x',
          'example.com/azure.workload.identity/x': 'CANARY',
        },
      },
      spec: { containers: [{ name: 'c', image: 'i', env: CLOUD_ENV.map((name) => ({ name, value: 'CANARY' })) }] },
    }).kubernetes.pods;
    expect(pod?.labels.get('azure.workload.identity/use')).toBe('true');
    expect([...(pod?.annotations.keys() ?? [])]).toEqual([
      'azure.workload.identity/inject-proxy-sidecar',
      'eks.amazonaws.com/skip-containers',
    ]);
    expect(pod?.spec.containers[0]?.envNames).toEqual(CLOUD_ENV);
    expect(inspect(pod, { depth: null })).not.toContain('CANARY');
  });

  test('holds no annotation, environment value or Secret value', () => {
    expect(inspect(built(POD, withField('/spec/containers/0/env/1/value', 'CANARY-4')), { depth: null })).not.toContain('CANARY');
  });

  test('shares its spec with a copy on another node, with and without an owner', () => {
    const text = JSON.stringify(POD).replaceAll('ab12c', 'zz99z').replace('"n1"', '"n2"').replace('api-1', 'api-2');
    const orphan = { ...JSON.parse(text.replace('api-2', 'api-3')), metadata: { name: 'api-3', namespace: 'other' } };
    const specs = new Set(built(POD, JSON.parse(text), orphan).kubernetes.pods.map((pod) => pod.spec));
    expect(specs.size).toBe(1);
  });

  test.each([
    ['another service account', '/spec/serviceAccountName', 'x'],
    ['host network', '/spec/hostNetwork', true],
    ['another image', '/spec/containers/0/image', 'j'],
    ['another volume name', '/spec/volumes/1/name', 'kube-api-access'],
    ['another mount', '/spec/containers/0/volumeMounts/1/mountPath', '/h'],
    ['another pull secret', '/spec/imagePullSecrets', [{ name: 'p' }]],
    ['a node selector', '/spec/nodeSelector', { a: 'b' }],
    ['an OS', '/spec/os', { name: 'windows' }],
    ['an init container', '/spec/initContainers', [{ name: 'i' }]],
    ['the old name of the account', '/spec/serviceAccount', 'old'],
  ])('with %s has a spec of its own', (_name, path, value) => {
    const sibling = structuredClone(withField(path, value)) as typeof POD;
    sibling.metadata.name = 'api-2';
    expect(new Set(built(POD, sibling).kubernetes.pods.map((pod) => pod.spec)).size).toBe(2);
    expect(built(POD, sibling).kubernetes.pods[1]).toEqual(built(sibling).kubernetes.pods[0]);
  });

  test('keeps two volumes apart that would come to have one name', () => {
    const [pod] = built(withField('/spec/volumes/1/name', 'kube-api-access')).kubernetes.pods;
    expect(pod?.spec.volumes.map((volume) => volume.name)).toEqual(['config', 'kube-api-access', 'kube-api-access-ab12c']);
    expect(pod?.spec.containers[0]?.volumeMounts[0]?.volume).toBe('kube-api-access-ab12c');
  });

  test.each([
    ['no name', '/metadata/name', undefined, '/metadata/name'],
    ['an empty name', '/metadata/name', '', '/metadata/name'],
    ['a name that is a number', '/metadata/name', 3, '/metadata/name'],
    ['no spec', '/spec', null, '/spec'],
    ['containers that are no list', '/spec/containers', {}, '/spec/containers'],
    ['a container that is a string', '/spec/containers', ['x'], '/spec/containers/0'],
    ['a label that is a list', '/metadata/labels/a', [], '/metadata/labels/a'],
    ['a flag that is a string', '/spec/hostNetwork', 'true', '/spec/hostNetwork'],
    ['a user that is no number', '/spec/containers/0/securityContext/runAsUser', '0', '/spec/containers/0/securityContext/runAsUser'],
    ['a key with a slash', '/metadata/labels', { 'a/b~c': 1 }, '/metadata/labels/a~1b~0c'],
  ])('with %s is a gap that names the place', (_name, path, value, pointer) => {
    const inventory = built(withField(path, value));
    expect(inventory.kubernetes.pods).toEqual([]);
    expect(inventory.gaps.map((gap) => [gap.file, gap.pointer])).toEqual([['x.json', `/items/0${pointer}`]]);
    expect(inventory.gaps[0]?.why).toMatch(/^malformed: expected /);
  });

  test.each([
    ['labels', '/metadata/labels', null],
    ['volumes', '/spec/volumes', null],
    ['status', '/status', null],
    ['an owner', '/metadata/ownerReferences', null],
  ])('with null for %s is read', (_name, path, value) => {
    expect(built(withField(path, value))).toMatchObject({ gaps: [], kubernetes: { pods: [{ name: 'api-1' }] } });
  });
});

describe('names from outside', () => {
  test.each(['constructor', '__proto__', 'hasOwnProperty', 'a/b', 'x'.repeat(253), 'ü😀', '\u0000'])(
    '`%s` is a name like any other',
    (name) => {
      const labels = JSON.parse(`{${JSON.stringify(name)}:"v"}`) as object;
      const pod = { ...POD, metadata: { name, namespace: name, labels } };
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: name } };
      const inventory = built(pod, account, pod);
      expect(inventory.gaps).toEqual([]);
      expect(inventory.kubernetes.pods).toHaveLength(1);
      expect(inventory.kubernetes.pods[0]?.labels.get(name)).toBe('v');
      expect(inventory.kubernetes.serviceAccounts[0]).toMatchObject({ name, namespace: name });
    },
  );

  test('a namespace and a name never pass for another pair', () => {
    const pods = [
      ['a/b', 'c'],
      ['a', 'b/c'],
    ].map(([namespace, name]) => ({ ...POD, metadata: { name, namespace } }));
    expect(built(...pods).kubernetes.pods).toHaveLength(2);
  });
});

describe('kinds', () => {
  const template = { spec: { containers: [{ name: 'c' }], serviceAccountName: 'sa' } };
  test.each([
    ['Deployment', 'apps/v1', { replicas: 3, template }],
    ['ReplicaSet', 'apps/v1', { template }],
    ['StatefulSet', 'apps/v1', { template }],
    ['DaemonSet', 'apps/v1', { template }],
    ['Job', 'batch/v1', { template }],
    ['CronJob', 'batch/v1', { jobTemplate: { spec: { template } } }],
    ['ReplicationController', 'v1', { template }],
    ['Deployment', 'extensions/v1beta1', { template }],
  ])('%s of %s is a workload', (kind, apiVersion, spec) => {
    const inventory = built({ kind, apiVersion, metadata: { name: 'w' }, spec });
    expect(inventory.gaps).toEqual([]);
    expect(inventory.kubernetes.workloads).toMatchObject([{ kind, name: 'w', namespace: 'default', spec: { serviceAccountName: 'sa' } }]);
  });

  test.each([
    ['a Role of another group', { kind: 'Role', apiVersion: 'iam.aws.crossplane.io/v1', metadata: { name: 'r' } }],
    ['a ConfigMap', { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'r' }, data: { a: 'CANARY' } }],
    ['a kind named like a field of every object', { kind: 'constructor', apiVersion: 'v1', metadata: { name: 'r' } }],
    ['metadata of nobody knows what', { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'r' } }],
    ['a Status of success', { kind: 'Status', apiVersion: 'v1', status: 'Success' }],
  ])('%s is not used and no gap', (_name, object) => {
    const builder = createInventoryBuilder();
    expect(builder.addObject(object, ORIGIN)).toBe(false);
    expect(builder.finish().gaps).toEqual([]);
  });

  test('hints serve objects that do not repeat their kind', () => {
    const builder = createInventoryBuilder();
    expect(builder.addObject({ metadata: { name: 'n' } }, { ...ORIGIN, kindHint: 'Node', apiVersionHint: 'v1' })).toBe(true);
    expect(builder.addObject({ metadata: { name: 'n' } }, { ...ORIGIN, kindHint: 'Role', apiVersionHint: 'example.com/v1' })).toBe(false);
    expect(builder.finish().kubernetes).toMatchObject({ nodes: [{ name: 'n' }], roles: [] });
  });

  test('RBAC is kept whole', () => {
    const rule = { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['x'] };
    const inventory = built(
      {
        kind: 'ClusterRole',
        apiVersion: 'rbac.authorization.k8s.io/v1',
        metadata: { name: 'c' },
        rules: [rule],
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' }, matchExpressions: [{ key: 'k', operator: 'Exists' }] }] },
      },
      { kind: 'Role', apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'r', namespace: 'n' }, rules: null },
      {
        kind: 'RoleBinding',
        apiVersion: 'rbac.authorization.k8s.io/v1',
        metadata: { name: 'b', namespace: 'n' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
        subjects: [{ kind: 'ServiceAccount', name: 's', namespace: 'n' }],
      },
      {
        kind: 'ClusterRoleBinding',
        apiVersion: 'rbac.authorization.k8s.io/v1',
        metadata: { name: 'b' },
        roleRef: { kind: 'ClusterRole', name: 'c' },
      },
    );
    expect(inventory.gaps).toEqual([]);
    expect(inventory.kubernetes.roles).toEqual([
      {
        kind: 'ClusterRole',
        name: 'c',
        labels: new Map(),
        rules: [{ ...rule, nonResourceURLs: [] }],
        aggregation: [{ matchLabels: new Map([['a', 'b']]), matchExpressions: [{ key: 'k', operator: 'Exists', values: [] }] }],
      },
      { kind: 'Role', namespace: 'n', name: 'r', labels: new Map(), rules: [] },
    ]);
    expect(inventory.kubernetes.bindings).toMatchObject([
      { kind: 'ClusterRoleBinding', subjects: [] },
      { kind: 'RoleBinding', namespace: 'n', subjects: [{ name: 's' }] },
    ]);
  });
});

describe('a Secret', () => {
  const whole = {
    kind: 'Secret',
    apiVersion: 'v1',
    type: 'kubernetes.io/service-account-token',
    data: { token: 'Q0FOQVJZ', 'ca.crt': 'Q0FOQVJZ' },
    stringData: { extra: 'CANARY' },
    metadata: {
      name: 't',
      namespace: 'n',
      resourceVersion: '1',
      annotations: { 'kubernetes.io/service-account.name': 'sa', 'kapp.k14s.io/original': '{"data":"CANARY"}' },
    },
  };
  const managedFields = [{ fieldsV1: { 'f:data': { '.': {}, 'f:token': {}, 'f:__proto__': {} }, 'f:type': {} } }];
  const partial = {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { name: 't', namespace: 'n', resourceVersion: '9', managedFields },
  };

  test('gives its key names and never a value', () => {
    const inventory = built(whole);
    expect(inventory.kubernetes.secrets).toEqual([
      {
        namespace: 'n',
        name: 't',
        type: 'kubernetes.io/service-account-token',
        labels: new Map(),
        annotations: new Map([['kubernetes.io/service-account.name', 'sa']]),
        keys: ['ca.crt', 'extra', 'token'],
      },
    ]);
    expect(inspect(inventory, { depth: null })).not.toMatch(/CANARY|Q0FOQVJZ/);
  });

  test('gives them from managedFields where only metadata was read', () => {
    expect(built(partial).kubernetes.secrets).toMatchObject([{ name: 't', keys: ['__proto__', 'token'] }]);
    expect(built(partial).kubernetes.secrets[0]).not.toHaveProperty('type');
  });

  test('is the whole object where both were read, in either order, and the typed one of two metadata', () => {
    const typed = { ...partial, type: 'Opaque', metadata: { ...partial.metadata, resourceVersion: '2' } };
    for (const objects of [
      [whole, partial, typed],
      [partial, typed, whole],
      [typed, whole, partial],
    ])
      expect(built(...objects)).toEqual(built(whole));
    for (const objects of [
      [partial, typed],
      [typed, partial],
    ])
      expect(built(...objects)).toEqual(built(typed));
  });
});

describe('the same object met twice', () => {
  const newer = { ...POD, metadata: { ...POD.metadata, resourceVersion: '10' }, status: { phase: 'Failed' } };
  const manifest = { ...POD, metadata: { name: 'api-1', namespace: 'shop' } };
  test.each([
    ['the newer first', [newer, POD, manifest]],
    ['the newer last', [manifest, POD, newer]],
    ['the newer twice', [newer, POD, newer, manifest]],
  ])('counts once and the newest stays, %s', (_name, objects) => {
    expect(built(...objects)).toEqual(built(newer));
  });

  test('counts once whichever stays where nothing tells them apart', () => {
    const other = { ...manifest, spec: { ...POD.spec, hostPID: true } };
    expect(built(manifest, other)).toEqual(built(other, manifest));
    expect(built(manifest, other).kubernetes.pods).toHaveLength(1);
  });
});

describe('gaps', () => {
  test('a denied list names the missing permission', () => {
    const message = 'secrets is forbidden: User "u" cannot list resource "secrets" in API group "" in the namespace "shop"';
    const inventory = built({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason: 'Forbidden', code: 403 });
    expect(inventory.gaps).toMatchObject([{ what: 'secrets', where: 'shop', permission: 'list secrets', why: message, file: 'x.json' }]);
  });

  test('are a few and a count where very many objects are malformed, and the same ones have the same ids', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ kind: 'Pod', apiVersion: 'v1', metadata: { name: `p${index}` } }));
    const { gaps } = built(...many);
    expect(gaps).toHaveLength(21);
    expect(gaps.some((gap) => gap.what === '480 more of kind Pod')).toBe(true);
    expect(built(...many).gaps).toEqual(gaps);
    expect(new Set(gaps.map((gap) => gap.id)).size).toBe(21);
  });

  test.each([null, 3, 'x', [], [[]]])('%j as an object is a gap and no exception', (value) => {
    expect(built(value).gaps).toHaveLength(1);
  });

  test('brackets nested by the million are a gap and no exception', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 1_000_000; level++) deep = [deep];
    const inventory = built(
      withField('/metadata/labels/a', deep),
      withField('/metadata/ownerReferences/1/uid', deep),
      POD,
      { ...POD, spec: { ...POD.spec, securityContext: deep } },
      { ...POD, spec: { ...POD.spec, nodeSelector: { a: deep } } },
    );
    expect(inventory.kubernetes.pods).toHaveLength(1);
    expect(inventory.gaps).toHaveLength(4);
  });
});

describe('the cluster', () => {
  test.each([
    [['1', '1'], 0],
    [['1', '2'], 1],
  ])('kube-system with uids %j gives %i gaps', (uids, gaps) => {
    const inventory = built(...uids.map((uid) => ({ kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'kube-system', uid } })));
    expect(inventory.gaps.map((gap) => gap.what)).toEqual(Array.from({ length: gaps }, () => 'objects of one cluster'));
    expect(inventory.kubernetes.namespaces).toHaveLength(1);
  });

  test('is chosen by hints where nothing names it: a path, or nodes that another builder keeps', () => {
    const withTwo = () => {
      const builder = createInventoryBuilder();
      for (const name of ['a', 'b']) builder.addAwsAnswer(eks(name, name.toUpperCase()), { file: `${name}.json` });
      return builder;
    };
    const byPath = withTwo();
    byPath.hintCluster({ path: '/data/b-snapshot' });
    expect(byPath.finish().cluster.name).toBe('b');
    expect(withTwo().finish({ path: '/data/a' }).cluster.name).toBe('a');
    const byNodes = withTwo();
    const labels = new Map([['alpha.eksctl.io/cluster-name', 'a']]);
    byNodes.hintCluster({
      records: { nodes: [{ name: 'n', labels, taints: [], providerID: 'aws:///eu-west-1a/i-1' }], serviceAccounts: [] },
    });
    expect(byNodes.finish({ path: '/data/b' })).toMatchObject({ cluster: { name: 'a' }, gaps: [], kubernetes: { nodes: [] } });
  });

  const eks = (name: string, id: string): unknown => ({
    cluster: {
      name,
      arn: `arn:aws:eks:eu-west-1:111122223333:cluster/${name}`,
      identity: { oidc: { issuer: `https://oidc.eks.eu-west-1.amazonaws.com/id/${id}` } },
    },
  });
  const issuer = (id: string): string => `https://oidc.eks.eu-west-1.amazonaws.com/id/${id}`;
  function cluster(options: { clusters?: [string, string][]; issuers?: string[]; asked?: string }): Inventory {
    const builder = createInventoryBuilder();
    for (const [name, id] of options.clusters ?? [])
      expect(builder.addAwsAnswer(eks(name, id), { file: 'c.json', command: 'eks-describe-cluster' })).toBe(true);
    for (const id of options.issuers ?? []) builder.setCluster({ issuer: issuer(id) });
    return builder.finish(options.asked === undefined ? {} : { cluster: options.asked });
  }
  const two: [string, string][] = [
    ['a', 'A'],
    ['b', 'B'],
  ];

  test.each([
    ['the discovery document', { issuers: ['X'] }, 'X', undefined, 0],
    ['the discovery document among several clusters', { clusters: two, issuers: ['B'] }, 'B', 'b', 0],
    ['the one EKS cluster', { clusters: [two[0]] as [string, string][] }, 'A', 'a', 0],
    ['a name', { clusters: two, asked: 'b' }, 'B', 'b', 0],
    ['an ARN', { clusters: two, asked: 'arn:aws:eks:eu-west-1:111122223333:cluster/a' }, 'A', 'a', 0],
    ['an issuer without its scheme', { clusters: two, asked: 'oidc.eks.eu-west-1.amazonaws.com/id/B' }, 'B', 'b', 0],
    ['an issuer that no data names', { asked: issuer('Z') }, 'Z', undefined, 0],
    ['one of two discovery documents', { issuers: ['A', 'B'], asked: issuer('A') }, 'A', undefined, 0],
    ['what was asked for, against the discovery document', { clusters: two, issuers: ['A'], asked: 'b' }, 'B', 'b', 1],
    ['the discovery document where what was asked for is nowhere', { clusters: two, issuers: ['A'], asked: 'zzz' }, 'A', 'a', 1],
    ['nobody among two clusters', { clusters: two }, undefined, undefined, 1],
    ['nobody among two discovery documents', { issuers: ['A', 'B'] }, undefined, undefined, 1],
    ['nobody where there is nothing', {}, undefined, undefined, 0],
  ])('is named by %s', (_name, options, id, name, gaps) => {
    const inventory = cluster(options);
    expect(inventory.cluster.issuer).toBe(id === undefined ? undefined : issuer(id));
    expect(inventory.cluster.name).toBe(name);
    expect(inventory.cluster.eksClusterArn).toBe(name === undefined ? undefined : `arn:aws:eks:eu-west-1:111122223333:cluster/${name}`);
    expect(inventory.gaps).toHaveLength(gaps);
  });
});
