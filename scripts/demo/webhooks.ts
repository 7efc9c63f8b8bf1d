import type { JsonObject, KubernetesObject } from './json.ts';
import { metadata } from './metadata.ts';

/** EKS calls the first one itself, outside of the cluster; the second came with the move of invoices to Azure. */
function webhook(name: string, hook: JsonObject): KubernetesObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: metadata('MutatingWebhookConfiguration', { name, generation: 1 }),
    webhooks: [
      {
        admissionReviewVersions: ['v1'],
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
        objectSelector: {},
        reinvocationPolicy: 'IfNeeded',
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: '*' }],
        sideEffects: 'None',
        timeoutSeconds: 10,
        ...hook,
      },
    ],
  };
}

export function webhookConfigurations(): readonly KubernetesObject[] {
  return [
    webhook('pod-identity-webhook', {
      clientConfig: { url: 'https://127.0.0.1:23443/mutate' },
      failurePolicy: 'Ignore',
      name: 'iam-for-pods.amazonaws.com',
    }),
    webhook('azure-wi-webhook-mutating-webhook-configuration', {
      clientConfig: {
        service: {
          name: 'azure-wi-webhook-webhook-service',
          namespace: 'azure-workload-identity-system',
          path: '/mutate-v1-pod',
          port: 443,
        },
      },
      failurePolicy: 'Fail',
      name: 'mutation.azure-workload-identity.io',
      objectSelector: { matchLabels: { 'azure.workload.identity/use': 'true' } },
    }),
  ];
}
