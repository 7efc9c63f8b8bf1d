import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createInventoryBuilder } from '../builder.ts';
import type { Inventory } from '../inventory.ts';
import type { Container, PodSpec } from '../kubernetes.ts';

const AFFINITY = 'requiredDuringSchedulingIgnoredDuringExecution';

function built(...objects: unknown[]): Inventory {
  const builder = createInventoryBuilder();
  for (const object of objects) builder.addObject(object, { source: 'snapshot', file: 'x.json', pointer: '/items/0' });
  return builder.finish();
}

const pod = (spec: object): unknown => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'a' }, spec });
const inContainer = (container: object): unknown => pod({ containers: [{ name: 'c', image: 'i', ...container }] });

function specOf(spec: object): PodSpec {
  const { gaps, kubernetes } = built(pod(spec));
  expect(gaps).toEqual([]);
  return kubernetes.pods[0]?.spec as PodSpec;
}

const containerOf = (container: object): Container =>
  specOf({ containers: [{ name: 'c', image: 'i', ...container }] }).containers[0] as Container;

describe('ports of a container', () => {
  test('keep name, protocol and what the node opens; zero and the empty string are none', () => {
    const ports = [
      { name: 'http', containerPort: 8080, hostPort: 80, hostIP: '127.0.0.1' },
      { containerPort: 53, protocol: 'UDP', hostPort: 0, hostIP: '' },
    ];
    expect(containerOf({ ports }).ports).toEqual([
      { name: 'http', protocol: 'TCP', containerPort: 8080, hostPort: 80, hostIP: '127.0.0.1' },
      { protocol: 'UDP', containerPort: 53 },
    ]);
  });

  test.each([
    ['a port that is text', [{ containerPort: '80' }], '/items/0/spec/containers/0/ports/0/containerPort'],
    ['a host port that is text', [{ containerPort: 80, hostPort: 'x' }], '/items/0/spec/containers/0/ports/0/hostPort'],
    ['ports that are no list', {}, '/items/0/spec/containers/0/ports'],
  ])('%s is a gap', (_name, ports, pointer) => {
    expect(built(inContainer({ ports })).gaps).toMatchObject([{ pointer }]);
  });
});

describe('hosts of probes and hooks', () => {
  test.each([
    [
      'a liveness probe',
      { livenessProbe: { httpGet: { host: '1.2.3.4', port: 80 } } },
      [{ host: '1.2.3.4', pointer: '/livenessProbe/httpGet/host' }],
    ],
    [
      'a readiness probe by TCP',
      { readinessProbe: { tcpSocket: { host: 'h', port: 1 } } },
      [{ host: 'h', pointer: '/readinessProbe/tcpSocket/host' }],
    ],
    [
      'a startup probe and both hooks',
      {
        startupProbe: { httpGet: { host: 's' } },
        lifecycle: { postStart: { httpGet: { host: 'p' } }, preStop: { tcpSocket: { host: 'q' } } },
      },
      [
        { host: 's', pointer: '/startupProbe/httpGet/host' },
        { host: 'p', pointer: '/lifecycle/postStart/httpGet/host' },
        { host: 'q', pointer: '/lifecycle/preStop/tcpSocket/host' },
      ],
    ],
  ])('of %s are kept with their pointers', (_name, container, expected) => {
    expect(containerOf(container).probeHosts).toEqual(expected);
  });

  test.each([
    ['no probe', {}],
    ['a probe without a host', { livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'Authorization', value: 'CANARY' }] } } }],
    ['an empty host', { livenessProbe: { httpGet: { host: '' } } }],
    ['a probe that runs a command', { livenessProbe: { exec: { command: ['CANARY'] } } }],
    ['a hook that runs a command', { lifecycle: { preStop: { exec: { command: ['CANARY'] } } } }],
  ])('%s has none', (_name, container) => {
    expect(containerOf(container)).not.toHaveProperty('probeHosts');
    expect(inspect(containerOf(container), { depth: null })).not.toContain('CANARY');
  });
});

describe('scheduling', () => {
  test('tolerations are kept as written', () => {
    const tolerations = [{ operator: 'Exists' }, { key: 'a', value: 'b', effect: 'NoSchedule', tolerationSeconds: 300 }];
    expect(specOf({ tolerations }).tolerations).toEqual([{ operator: 'Exists' }, { key: 'a', value: 'b', effect: 'NoSchedule' }]);
  });

  const affinity = (...nodeSelectorTerms: unknown[]) => ({ nodeAffinity: { [AFFINITY]: { nodeSelectorTerms } } });
  const byName = (name: string) => ({ matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] });
  const byLabel = { matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] };

  test.each([
    [
      'terms of labels',
      { affinity: affinity(byLabel, { matchExpressions: [{ key: 'x', operator: 'Exists' }] }) },
      [[{ key: 'a', operator: 'In', values: ['b'] }], [{ key: 'x', operator: 'Exists', values: [] }]],
    ],
    [
      'a term of labels and fields',
      { nodeName: 'n', affinity: affinity({ ...byLabel, ...byName('n') }) },
      [
        [
          { key: 'a', operator: 'In', values: ['b'] },
          { key: 'metadata.name', operator: 'In', values: ['n'] },
        ],
      ],
    ],
    [
      'the name of a node for a pod that has none yet',
      { affinity: affinity(byName('n')) },
      [[{ key: 'metadata.name', operator: 'In', values: ['n'] }]],
    ],
    ['no term, which fits no node', { nodeName: 'n', affinity: affinity() }, []],
  ])('required node affinity keeps %s', (_name, spec, expected) => {
    expect(specOf(spec).nodeAffinity).toEqual(expected);
  });

  test.each([
    ['nothing written', {}],
    ['affinity among pods', { affinity: { podAntiAffinity: {} } }],
    ['a preference', { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } } }],
    ['what a DaemonSet writes into its pods', { nodeName: 'n', affinity: affinity(byName('n')) }],
  ])('%s requires none', (_name, spec) => {
    expect(specOf(spec)).not.toHaveProperty('nodeAffinity');
  });

  test('pods of a DaemonSet share one spec, each on its own node, and a pod that waits for its node does not', () => {
    const owner = [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'd', uid: 'u', controller: true }];
    const one = (node: string, nodeName?: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `d-${node}`, namespace: 'a', ownerReferences: owner },
      spec: { ...(nodeName === undefined ? {} : { nodeName }), affinity: affinity(byName(node)), containers: [{ name: 'c', image: 'i' }] },
    });
    const { pods } = built(one('n1', 'n1'), one('n2', 'n2'), one('n3')).kubernetes;
    expect(pods[0]?.spec).toBe(pods[1]?.spec);
    expect(pods[2]?.spec.nodeAffinity).toEqual([[{ key: 'metadata.name', operator: 'In', values: ['n3'] }]]);
    expect(built(one('n1', 'n1'), one('n1')).kubernetes.pods).toEqual(built(one('n1'), one('n1', 'n1')).kubernetes.pods);
  });

  test('a runtime class is kept, an empty one is none', () => {
    expect(specOf({ runtimeClassName: 'gvisor' }).runtimeClassName).toBe('gvisor');
    expect(specOf({ runtimeClassName: '' })).not.toHaveProperty('runtimeClassName');
  });
});

describe('the security context', () => {
  test('keeps sysctls and SELinux options that policies judge', () => {
    const securityContext = {
      sysctls: [{ name: 'kernel.msgmax', value: 'CANARY' }],
      seLinuxOptions: { type: 'spc_t', user: 'u', role: 'r', level: 's0' },
    };
    const spec = specOf({ securityContext });
    expect(spec.securityContext).toMatchObject({ sysctls: ['kernel.msgmax'], seLinuxOptions: { type: 'spc_t', user: 'u', role: 'r' } });
    expect(inspect(spec, { depth: null })).not.toContain('CANARY');
  });

  test.each([
    ['no sysctl', { sysctls: [] }],
    ['nothing of SELinux', { runAsUser: 1 }],
  ])('with %s says nothing of them', (_name, securityContext) => {
    expect(specOf({ securityContext }).securityContext).not.toHaveProperty('sysctls');
    expect(specOf({ securityContext }).securityContext).not.toHaveProperty('seLinuxOptions');
  });
});

describe('volumes say what they are', () => {
  test.each([
    ['a host path', { hostPath: { path: '/' } }, 'hostPath'],
    ['a FlexVolume', { flexVolume: { driver: 'CANARY', options: { password: 'CANARY' } } }, 'flexVolume'],
    ['a driver', { csi: { driver: 'd', nodePublishSecretRef: { name: 'CANARY' } } }, 'csi'],
    ['an empty directory', { emptyDir: {} }, 'emptyDir'],
    ['an image', { image: { reference: 'CANARY' } }, 'image'],
    ['a claim of its own', { ephemeral: { volumeClaimTemplate: {} } }, 'ephemeral'],
    ['one beside a null', { emptyDir: null, nfs: { server: 'CANARY' } }, 'nfs'],
    ['two, in whatever order', { secret: { secretName: 's' }, configMap: { name: 'c' } }, 'configMap'],
    ['one of a name without end', { ['x'.repeat(5000)]: {} }, 'x'.repeat(63)],
    ['nothing, which the API server makes an empty directory', {}, undefined],
  ])('%s', (_name, source, expected) => {
    const [volume] = specOf({ volumes: [{ name: 'v', ...source }] }).volumes;
    expect(volume?.source).toBe(expected);
    expect(inspect(volume, { depth: null })).not.toContain('CANARY');
  });
});

test('a node keeps its versions, system and addresses', () => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n' },
    spec: { unschedulable: true, providerID: 'aws:///a/i-1', taints: [{ key: 'k', effect: 'NoSchedule' }] },
    status: {
      nodeInfo: {
        kubeletVersion: 'v1.36.2',
        kernelVersion: '6.1.0',
        osImage: 'Bottlerocket',
        operatingSystem: 'linux',
        containerRuntimeVersion: 'containerd://2.0',
        machineID: 'CANARY',
      },
      addresses: [
        { type: 'InternalIP', address: '10.0.0.1' },
        { type: 'ExternalIP', address: '203.0.113.1' },
      ],
      images: [{ names: ['CANARY'] }],
    },
  };
  const { gaps, kubernetes } = built(node, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'o' },
    status: { nodeInfo: { kernelVersion: '' } },
  });
  expect(gaps).toEqual([]);
  expect(kubernetes.nodes).toEqual([
    {
      name: 'n',
      labels: new Map(),
      taints: [{ key: 'k', effect: 'NoSchedule' }],
      providerID: 'aws:///a/i-1',
      unschedulable: true,
      kubeletVersion: 'v1.36.2',
      kernelVersion: '6.1.0',
      osImage: 'Bottlerocket',
      operatingSystem: 'linux',
      containerRuntimeVersion: 'containerd://2.0',
      addresses: [
        { type: 'InternalIP', address: '10.0.0.1' },
        { type: 'ExternalIP', address: '203.0.113.1' },
      ],
    },
    { name: 'o', labels: new Map(), taints: [] },
  ]);
});

describe('annotations of a pod', () => {
  test.each([
    ['container.apparmor.security.beta.kubernetes.io/c', true],
    ['container.seccomp.security.alpha.kubernetes.io/c', true],
    ['seccomp.security.alpha.kubernetes.io/pod', true],
    ['kubernetes.io/config.mirror', true],
    ['kubernetes.io/config.source', false],
    ['kubectl.kubernetes.io/last-applied-configuration', false],
    ['vault.hashicorp.com/agent-inject-template', false],
    ['constructor', false],
  ])('%s is kept: %s', (key, kept) => {
    const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', annotations: { [key]: 'x' } }, spec: {} };
    expect(built(object).kubernetes.pods[0]?.annotations.has(key)).toBe(kept);
    const template = { metadata: { annotations: { [key]: 'x' }, labels: { a: 'b' } }, spec: {} };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', uid: 'u' }, spec: { template } };
    const { workloads } = built(deployment).kubernetes;
    expect(workloads[0]?.template.annotations.has(key)).toBe(kept);
    expect(workloads[0]?.template.labels).toEqual(new Map([['a', 'b']]));
  });
});

describe('a name that the API server would complete', () => {
  const manifest = (pointer: string, metadata: object) =>
    [
      { apiVersion: 'v1', kind: 'Pod', metadata, spec: {} },
      { source: 'snapshot', file: 'x.yaml', pointer },
    ] as const;
  function namesOf(...objects: (readonly [object, Parameters<ReturnType<typeof createInventoryBuilder>['addObject']>[1]])[]): string[] {
    const builder = createInventoryBuilder();
    for (const [object, origin] of objects) builder.addObject(object, origin);
    return builder.finish().kubernetes.pods.map(({ name }) => name);
  }

  test('is made of the place in the file: two of them are two, and the same ones in any order', () => {
    const [one, other] = [manifest('/items/0', { generateName: 'once-' }), manifest('/items/1', { generateName: 'once-' })];
    const names = namesOf(one, other);
    expect(names).toHaveLength(2);
    for (const name of names) expect(name).toMatch(/^once-[a-z0-9]{5}$/);
    expect(namesOf(other, one)).toEqual(names);
  });

  test('is not touched where there is a name', () => {
    expect(namesOf(manifest('', { name: 'p', generateName: 'once-' }))).toEqual(['p']);
  });

  test.each([[{ generateName: '' }], [{ generateName: 3 }], [{}]])('%j is malformed', (metadata) => {
    expect(namesOf(manifest('', metadata))).toEqual([]);
  });
});
