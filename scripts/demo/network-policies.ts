import type { JsonObject, KubernetesObject } from './json.ts';
import { metadata } from './metadata.ts';

const METADATA_ADDRESS = '169.254.169.254/32';

function policy(namespace: string, name: string, spec: JsonObject): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata('NetworkPolicy', { name, namespace, generation: 1 }),
    spec,
  };
}

/** Payments lets nobody in but the shop; nothing that the company writes itself reaches the nodes' metadata service. */
export function networkPolicies(): readonly KubernetesObject[] {
  const shop = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'storefront' } } };
  return [
    policy('payments', 'from-storefront', { ingress: [{ from: [shop] }], podSelector: {}, policyTypes: ['Ingress'] }),
    ...['orders', 'payments', 'payments-sandbox', 'reports', 'storefront'].map((namespace) =>
      policy(namespace, 'no-instance-metadata', {
        egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: [METADATA_ADDRESS] } }] }],
        podSelector: {},
        policyTypes: ['Egress'],
      }),
    ),
  ];
}
