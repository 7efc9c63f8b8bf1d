import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../../sources/snapshot/read.ts';
import type { KubernetesInventory } from '../inventory.ts';
import { cluster, group, rule, sa } from '../testing/cluster.ts';
import { keptKind, type ListName } from './kept-kinds.ts';
import type { KeptRecord } from './kept-objects.ts';
import { manifestOf } from './manifest-of.ts';
import { normaliseManifest } from './normalise-manifest.ts';

const KIND_OF: Partial<Record<ListName, string>> = {
  namespaces: 'Namespace',
  serviceAccounts: 'ServiceAccount',
  secrets: 'Secret',
  nodes: 'Node',
  pods: 'Pod',
  networkPolicies: 'NetworkPolicy',
  services: 'Service',
  endpointSlices: 'EndpointSlice',
  ingresses: 'Ingress',
  ingressClasses: 'IngressClass',
  gateways: 'Gateway',
  referenceGrants: 'ReferenceGrant',
  persistentVolumes: 'PersistentVolume',
  persistentVolumeClaims: 'PersistentVolumeClaim',
  storageClasses: 'StorageClass',
  customResourceDefinitions: 'CustomResourceDefinition',
  apiServices: 'APIService',
  securityContextConstraints: 'SecurityContextConstraints',
};

/** Every record of a world, made a manifest, written as JSON, read again; gives how many of each list. */
function roundTrip({ awsAuth: _awsAuth, ...lists }: KubernetesInventory): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [list, records] of Object.entries(lists) as [ListName, readonly KeptRecord[]][]) {
    if (list === 'enginePolicies') continue;
    for (const record of records) {
      const kind = KIND_OF[list] ?? record.kind ?? '';
      const apiVersion = keptKind(kind)?.apiVersion;
      const text = JSON.stringify({ apiVersion, kind, ...manifestOf(list, record as never) });
      expect(normaliseManifest(JSON.parse(text)), text).toEqual({ kept: { list, record } });
      counts.set(list, (counts.get(list) ?? 0) + 1);
    }
  }
  return counts;
}

const everyKind = () =>
  cluster()
    .namespace('a', { 'pod-security.kubernetes.io/enforce': 'restricted' })
    .serviceAccount('a/bot', {
      automountServiceAccountToken: false,
      secrets: [{ name: 't' }],
      imagePullSecrets: [{ name: 'p' }],
      metadata: { namespace: 'a', name: 'bot', annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/x' } },
    })
    .secret('a/constructor', { data: { __proto: 'eA==' } })
    .add({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1', labels: { a: 'b' } },
      spec: { taints: [{ key: 'k', effect: 'NoSchedule' }], providerID: 'aws:///x', unschedulable: true },
      status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }], nodeInfo: { kubeletVersion: 'v1.36.2', kernelVersion: '6.1' } },
    })
    .role('a/r', rule('get', '', 'pods', 'x'), { verbs: ['get'], nonResourceURLs: ['/metrics'] })
    .clusterRole('cr', rule('*', '*', '*'))
    .add({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'aggregate' },
      aggregationRule: {
        clusterRoleSelectors: [{ matchLabels: { x: 'y' }, matchExpressions: [{ key: 'k', operator: 'In', values: ['v'] }] }],
      },
    })
    .roleBinding('a/rb', 'Role/r', sa('a/bot'), group('g'))
    .clusterRoleBinding('crb', 'ClusterRole/cr', sa('a/bot'))
    .pod('a/p', {
      spec: {
        hostPID: true,
        hostUsers: false,
        securityContext: {
          runAsNonRoot: true,
          sysctls: [{ name: 'net.core.somaxconn', value: '1' }],
          seccompProfile: { type: 'RuntimeDefault' },
        },
        tolerations: [{ operator: 'Exists' }],
        nodeSelector: { disk: 'ssd' },
        imagePullSecrets: [{ name: 'pull' }],
        os: { name: 'linux' },
        runtimeClassName: 'gvisor',
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] }, { matchExpressions: [] }],
            },
          },
        },
        initContainers: [{ name: 'side', image: 'i', restartPolicy: 'Always' }],
      },
      container: {
        securityContext: {
          privileged: true,
          capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] },
          windowsOptions: { hostProcess: true },
          procMount: 'Unmasked',
        },
        env: [
          { name: 'A', value: 'x' },
          { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
          { name: 'AWS_ROLE_ARN', value: 'arn:aws:iam::123456789012:role/r' },
        ],
        envFrom: [{ configMapRef: { name: 'c' } }, { secretRef: { name: 's' } }],
        ports: [{ containerPort: 80, hostPort: 8080, name: 'http' }],
        livenessProbe: { httpGet: { host: '10.0.0.1', port: 80 } },
        lifecycle: { preStop: { tcpSocket: { host: 'h', port: 1 } } },
      },
      volumes: [
        { name: 'h', hostPath: { path: '/' } },
        { name: 's', secret: { secretName: 's' } },
        { name: 'e', emptyDir: {} },
        { name: 'c', persistentVolumeClaim: { claimName: 'claim' } },
        {
          name: 'x',
          projected: {
            sources: [{ configMap: { name: 'c' } }, { secret: { name: 's' } }, { serviceAccountToken: { path: 't', audience: 'sts' } }],
          },
        },
      ],
      mounts: [{ name: 'h', mountPath: '/host', subPath: 'x', readOnly: true }],
    })
    .workload('Deployment', 'a/web', { spec: { hostNetwork: true } })
    .workload('CronJob', 'a/cron')
    .networkPolicy('a/np', {
      podSelector: { matchLabels: { a: 'b' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }, { namespaceSelector: {} }],
          ports: [
            { port: 80, endPort: 90 },
            { port: 'http', protocol: 'TCP' },
          ],
        },
      ],
      egress: [{}],
    })
    .webhookConfiguration('ValidatingWebhookConfiguration', 'vwc', {
      name: 'w',
      failurePolicy: 'Fail',
      clientConfig: { url: 'https://hook.example.com/path' },
      rules: [
        { operations: ['CREATE'], apiGroups: [''], resources: ['pods'] },
        { operations: ['UPDATE'], apiGroups: ['apps'], resources: ['*'] },
      ],
      namespaceSelector: { matchExpressions: [{ key: 'k', operator: 'DoesNotExist' }] },
    })
    .add({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'a', name: 's', annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' } },
      spec: {
        type: 'LoadBalancer',
        selector: { app: 'x' },
        ports: [{ port: 80, targetPort: 'http', nodePort: 30080 }],
        loadBalancerSourceRanges: ['10.0.0.0/8'],
      },
      status: { loadBalancer: { ingress: [{ ip: '1.2.3.4' }, { hostname: 'h' }] } },
    })
    .add({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { namespace: 'a', name: 'es', labels: { 'kubernetes.io/service-name': 's' } },
      ports: [{ port: 80, name: 'http', protocol: 'TCP' }],
      endpoints: [{ addresses: ['10.0.0.1'], targetRef: { kind: 'Pod', name: 'p' } }, { addresses: ['10.0.0.2'] }],
    })
    .add({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace: 'a', name: 'i', annotations: { 'nginx.ingress.kubernetes.io/auth-type': 'basic' } },
      spec: {
        ingressClassName: 'nginx',
        defaultBackend: { resource: { kind: 'Bucket', name: 'b' } },
        rules: [
          { host: 'empty.example.com' },
          {
            host: 'x.example.com',
            http: {
              paths: [
                { path: '/', backend: { service: { name: 's', port: { number: 80 } } } },
                { backend: { service: { name: 't', port: { name: 'web' } } } },
              ],
            },
          },
        ],
      },
    })
    .add({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: 'nginx', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
      spec: { controller: 'k8s.io/ingress-nginx' },
    })
    .add({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { namespace: 'a', name: 'g' },
      spec: {
        gatewayClassName: 'c',
        infrastructure: { annotations: { 'networking.gke.io/load-balancer-type': 'Internal' } },
        listeners: [
          {
            name: 'l',
            port: 80,
            protocol: 'HTTP',
            hostname: '*.x',
            allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { a: 'b' } } }, kinds: [{ kind: 'HTTPRoute' }] },
          },
        ],
      },
      status: { addresses: [{ value: '1.2.3.4' }] },
    })
    .add({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { namespace: 'a', name: 'r' },
      spec: {
        hostnames: ['x'],
        parentRefs: [
          { name: 'g', sectionName: 'l' },
          { kind: 'Service', name: 's', namespace: 'b', port: 80 },
        ],
        rules: [
          { matches: [] },
          { backendRefs: [{ name: 's', port: 80 }], filters: [{ type: 'X' }, { requestMirror: { backendRef: { name: 'm', port: 1 } } }] },
        ],
      },
    })
    .add({
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { namespace: 'a', name: 'rg' },
      spec: {
        from: [{ group: 'g', kind: 'HTTPRoute', namespace: 'b' }],
        to: [
          { group: '', kind: 'Service' },
          { group: '', kind: 'Service', name: 's' },
        ],
      },
    })
    .add({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'pv' },
      spec: { hostPath: { path: '/data' }, storageClassName: 'sc', claimRef: { namespace: 'a', name: 'claim' } },
    })
    .add({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { namespace: 'a', name: 'claim' },
      spec: { volumeName: 'pv', storageClassName: 'sc' },
    })
    .add({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'sc' }, provisioner: 'rancher.io/local-path' })
    .add({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'vap' },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
          objectSelector: {},
        },
      },
    })
    .add({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'vapb' },
      spec: { policyName: 'vap', validationActions: ['Deny'] },
    })
    .add({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'xs.example.com' },
      spec: {
        group: 'example.com',
        names: { plural: 'xs', kind: 'X' },
        conversion: { strategy: 'Webhook', webhook: { clientConfig: { service: { namespace: 'a', name: 'conv' } } } },
      },
    })
    .add({
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io' },
      spec: { group: 'metrics.k8s.io', version: 'v1beta1', service: { namespace: 'kube-system', name: 'metrics' } },
    })
    .add({
      apiVersion: 'security.openshift.io/v1',
      kind: 'SecurityContextConstraints',
      metadata: { name: 'privileged' },
      allowPrivilegedContainer: true,
      allowedCapabilities: ['*'],
      runAsUser: { type: 'RunAsAny' },
      users: ['system:admin'],
      groups: [],
    })
    .inventory();

describe('a record made a manifest and read again is the same record', () => {
  it('for every kind that is kept', () => {
    const { kubernetes } = everyKind();
    const { pods, ...rest } = kubernetes;
    // What controllers would make is no object of any API.
    const counts = roundTrip({ ...rest, pods: pods.filter(({ template }) => template === undefined) });
    expect([...counts.keys()].sort()).toEqual(
      Object.keys(rest)
        .filter((list) => list !== 'enginePolicies' && list !== 'awsAuth')
        .concat('pods')
        .sort(),
    );
  });

  const PROD = new URL('../../../../shared/corpus/prod-eu/kubernetes', import.meta.url).pathname;
  describe.skipIf(!existsSync(PROD))('for a real cluster', () => {
    it('all of it', async () => {
      const counts = roundTrip((await readSnapshot(PROD)).kubernetes);
      expect(counts.get('pods')).toBe(232);
      expect(counts.get('workloads')).toBeGreaterThan(200);
    });
  });
});
