import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createInventoryBuilder } from './builder.ts';

/** Every place where a value lies that nobody here needs; objects have more of them than their kinds do. */
const ANNOTATIONS = {
  'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"password":"CANARY"}}',
  'meta.helm.sh/release-name': 'CANARY',
  'example.com/token': 'CANARY',
  'nginx.ingress.kubernetes.io/auth-secret': 'CANARY',
  'nginx.ingress.kubernetes.io/auth-url': 'https://user:CANARY@auth.example/CANARY?token=CANARY',
  'nginx.ingress.kubernetes.io/server-snippet': 'CANARY',
  'alb.ingress.kubernetes.io/auth-idp-oidc': 'CANARY',
  'service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags': 'CANARY',
  'vault.hashicorp.com/agent-inject-template': 'CANARY',
};
const CONTAINER = {
  name: 'c',
  image: 'i',
  command: ['CANARY'],
  args: ['--password=CANARY'],
  env: [{ name: 'PASSWORD', value: 'CANARY' }],
  livenessProbe: { httpGet: { host: '', httpHeaders: [{ name: 'Authorization', value: 'CANARY' }] } },
};
const TEMPLATE = { metadata: { annotations: ANNOTATIONS }, spec: { containers: [CONTAINER], hostname: 'CANARY' } };
const WEBHOOK = { clientConfig: { url: 'https://u:CANARY@hook.example/CANARY?CANARY', caBundle: 'CANARY' } };

/** Fields of all kinds at once: each kind takes its own. */
const EVERYTHING = {
  data: { password: 'CANARY' },
  stringData: { password: 'CANARY' },
  parameters: { secret: 'CANARY' },
  provisioner: 'p',
  webhooks: [{ name: 'w', ...WEBHOOK }],
  status: { message: 'CANARY', loadBalancer: { ingress: [] } },
  spec: {
    ...TEMPLATE.spec,
    template: TEMPLATE,
    jobTemplate: { spec: { template: TEMPLATE } },
    group: 'g',
    names: { plural: 'x', kind: 'X' },
    versions: [{ schema: 'CANARY' }],
    conversion: { strategy: 'Webhook', webhook: WEBHOOK },
    policyName: 'p',
    validations: [{ expression: 'CANARY' }],
    parameters: { message: 'CANARY' },
    settings: { token: 'CANARY' },
    tls: [{ secretName: 'CANARY', hosts: ['CANARY'] }],
    csi: { driver: 'd', volumeAttributes: { key: 'CANARY' } },
    caBundle: 'CANARY',
    externalName: 'CANARY',
    listeners: [{ name: 'l', port: 1, protocol: 'HTTPS', tls: { options: { key: 'CANARY' } } }],
    endpointSelector: { matchLabels: { a: 'CANARY' } },
  },
};

describe('what has no place in the inventory gets into none', () => {
  test.each([
    ['v1', 'Secret'],
    ['v1', 'Service'],
    ['v1', 'ServiceAccount'],
    ['v1', 'Namespace'],
    ['v1', 'PersistentVolume'],
    ['v1', 'PersistentVolumeClaim'],
    ['apps/v1', 'Deployment'],
    ['batch/v1', 'CronJob'],
    ['networking.k8s.io/v1', 'Ingress'],
    ['networking.k8s.io/v1', 'IngressClass'],
    ['discovery.k8s.io/v1', 'EndpointSlice'],
    ['gateway.networking.k8s.io/v1', 'Gateway'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
    ['storage.k8s.io/v1', 'StorageClass'],
    ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'],
    ['admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicyBinding'],
    ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['apiregistration.k8s.io/v1', 'APIService'],
    ['security.openshift.io/v1', 'SecurityContextConstraints'],
    ['kyverno.io/v1', 'ClusterPolicy'],
    ['constraints.gatekeeper.sh/v1beta1', 'K8sX'],
    ['policies.kubewarden.io/v1', 'AdmissionPolicy'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
  ])('%s %s', (apiVersion, kind) => {
    const builder = createInventoryBuilder();
    const object = {
      apiVersion,
      kind,
      metadata: { name: 'x', annotations: ANNOTATIONS, managedFields: [{ manager: 'CANARY' }] },
      ...EVERYTHING,
    };
    expect(builder.addObject(object, { source: 'snapshot' })).toBe(true);
    const inventory = builder.finish();
    expect(inventory.gaps).toEqual([]);
    expect(Object.values(inventory.kubernetes).flat().length).toBeGreaterThan(0);
    expect(inspect(inventory, { depth: null, maxArrayLength: null, maxStringLength: null })).not.toContain('CANARY');
  });

  test.each([
    ['a Service', { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 'CANARY' }] } }],
    ['an Ingress', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec: { rules: 'CANARY' } }],
    ['a policy', { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', spec: 'CANARY' }],
  ])('%s that is malformed makes a gap without the value', (_name, object) => {
    const builder = createInventoryBuilder();
    builder.addObject({ ...object, metadata: { name: 'x', annotations: ANNOTATIONS } }, { source: 'snapshot', file: 'x.json' });
    const { gaps } = builder.finish();
    expect(gaps).toHaveLength(1);
    expect(JSON.stringify(gaps)).not.toContain('CANARY');
  });
});
