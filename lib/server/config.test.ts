import { describe, expect, test } from 'vitest';
import { settingsOf } from './config.ts';

const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';

describe('which cluster is read', () => {
  test.each<[string, Record<string, string>, string]>([
    ['nothing said: the demo', {}, 'demo'],
    ['empty variables are none', { PODREACH_SNAPSHOT: ' ', PODREACH_GCP_PROJECTS: '' }, 'demo'],
    ['a snapshot', { PODREACH_SNAPSHOT: 'dump' }, 'snapshot'],
    ['a kubeconfig', { PODREACH_KUBECONFIG: 'config' }, 'kubernetes'],
    ["kubectl's own variable", { KUBECONFIG: 'config' }, 'kubernetes'],
    ['in a pod', { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, 'kubernetes'],
    ['the demo in a pod', { KUBERNETES_SERVICE_HOST: '10.0.0.1', PODREACH_DEMO: '1' }, 'demo'],
    ['a cloud beside nothing: the usual kubeconfig', { PODREACH_GCP_PROJECTS: 'acme-prod' }, 'kubernetes'],
    ['a cloud beside a snapshot', { PODREACH_SNAPSHOT: 'dump', PODREACH_AZURE_SUBSCRIPTIONS: SUBSCRIPTION }, 'snapshot'],
  ])('%s', (_name, env, type) => expect(settingsOf(env).source.type).toBe(type));

  test.each<[string, Record<string, string>, string]>([
    ['two clusters', { PODREACH_SNAPSHOT: 'dump', PODREACH_CONTEXT: 'c' }, 'set one of them'],
    ['the demo beside a cloud', { PODREACH_DEMO: '1', PODREACH_GCP_PROJECTS: 'acme-prod' }, 'the demo has accounts of its own'],
    ['a project that is none', { PODREACH_GCP_PROJECTS: 'acme-prod,Acme Prod' }, '`Acme Prod` is no Google Cloud project id'],
    ['a subscription that is none', { PODREACH_AZURE_SUBSCRIPTIONS: 'mine' }, '`mine` is no Azure subscription id'],
  ])('refuses %s', (_name, env, message) => expect(() => settingsOf(env)).toThrow(message));
});

test('the clouds that are read beside it', () => {
  const env = { PODREACH_GCP_PROJECTS: 'acme-prod, acme-data,', PODREACH_AZURE_SUBSCRIPTIONS: SUBSCRIPTION.toUpperCase() };
  expect(settingsOf(env).clouds).toEqual({ gcp: { projects: ['acme-prod', 'acme-data'] }, azure: { subscriptions: [SUBSCRIPTION] } });
  expect(settingsOf({}).clouds).toEqual({});
});

test.each<[Record<string, string>, string]>([
  [{ PODREACH_SNAPSHOT: '/tmp/dump' }, 'dump'],
  [{ PODREACH_SNAPSHOT: '/tmp/dump', PODREACH_GCP_PROJECTS: 'acme-prod' }, 'dump + 1 Google Cloud project'],
  [
    {
      PODREACH_CONTEXT: 'prod',
      PODREACH_AWS: '1',
      PODREACH_GCP_PROJECTS: 'acme-prod,acme-data',
      PODREACH_AZURE_SUBSCRIPTIONS: SUBSCRIPTION,
    },
    'prod + AWS + 2 Google Cloud projects + 1 Azure subscription',
  ],
  [{ KUBECONFIG: 'x', PODREACH_AWS_PROFILES: 'a,b' }, 'current context + 2 AWS accounts'],
])('what people are told of the sources: %o', (env, label) => expect(settingsOf(env).source.label).toBe(label));
