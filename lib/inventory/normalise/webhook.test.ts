import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createInventoryBuilder } from '../builder.ts';
import type { Inventory } from '../inventory.ts';

function built(...objects: unknown[]): Inventory {
  const builder = createInventoryBuilder();
  for (const object of objects) builder.addObject(object, { source: 'snapshot', file: 'x.json', pointer: '' });
  return builder.finish();
}

const configuration = (webhooks: unknown, kind = 'MutatingWebhookConfiguration') => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind,
  metadata: { name: 'pod-identity-webhook' },
  webhooks,
});
const WEBHOOK = {
  name: 'pod-identity-webhook.amazonaws.com',
  failurePolicy: 'Ignore',
  clientConfig: { service: { namespace: 'kube-system', name: 'webhook', path: '/mutate' }, caBundle: 'CANARY' },
  rules: [
    { operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] },
    { operations: ['CREATE', 'UPDATE'], apiGroups: ['apps'], resources: ['deployments'] },
  ],
  objectSelector: { matchExpressions: [{ key: 'skip', operator: 'DoesNotExist' }] },
};

describe('a webhook', () => {
  test('says what it is called for and where it goes', () => {
    const { gaps, kubernetes } = built(configuration([WEBHOOK]));
    expect(gaps).toEqual([]);
    expect(kubernetes.webhookConfigurations).toEqual([
      {
        kind: 'MutatingWebhookConfiguration',
        name: 'pod-identity-webhook',
        webhooks: [
          {
            name: WEBHOOK.name,
            failurePolicy: 'Ignore',
            target: 'kube-system/webhook',
            operations: ['CREATE', 'UPDATE'],
            apiGroups: ['', 'apps'],
            resources: ['pods', 'deployments'],
            rules: WEBHOOK.rules.map(({ operations, apiGroups, resources }) => ({ operations, apiGroups, resources })),
            objectSelector: { matchLabels: new Map(), matchExpressions: [{ key: 'skip', operator: 'DoesNotExist', values: [] }] },
          },
        ],
      },
    ]);
    expect(inspect(kubernetes, { depth: null })).not.toContain('CANARY');
  });

  test.each([
    ['https://hooks.example.com:8443/CANARY?token=CANARY', 'hooks.example.com:8443'],
    ['https://user:CANARY@hooks.example.com', 'hooks.example.com'],
    ['ftp://CANARY', undefined],
  ])('of the URL %s keeps the host alone', (url, target) => {
    const { kubernetes } = built(configuration([{ ...WEBHOOK, clientConfig: { url } }]));
    expect(kubernetes.webhookConfigurations[0]?.webhooks[0]?.target).toBe(target);
    expect(inspect(kubernetes, { depth: null })).not.toContain('CANARY');
  });

  test('of both kinds under one name are two configurations, in order', () => {
    const { kubernetes } = built(configuration([], 'ValidatingWebhookConfiguration'), configuration([]));
    expect(kubernetes.webhookConfigurations.map(({ kind }) => kind)).toEqual([
      'MutatingWebhookConfiguration',
      'ValidatingWebhookConfiguration',
    ]);
  });

  test.each([
    ['without a name', { ...WEBHOOK, name: '' }, '/webhooks/0/name'],
    ['with rules that are none', { ...WEBHOOK, rules: ['x'] }, '/webhooks/0/rules/0'],
    ['with a service that is none', { ...WEBHOOK, clientConfig: { service: { name: 'x' } } }, '/webhooks/0/clientConfig/service/namespace'],
  ])('%s is a gap', (_name, webhook, pointer) => {
    expect(built(configuration([webhook])).gaps).toMatchObject([{ pointer }]);
  });
});
