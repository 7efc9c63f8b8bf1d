import { describe, expect, test } from 'vitest';
import { createInventoryBuilder } from './builder.ts';
import { withExpectedPods } from './expected-pods.ts';
import type { Pod } from './kubernetes.ts';

type Json = Record<string, unknown>;

const TEMPLATE = {
  metadata: { labels: { app: 'x' }, annotations: { 'container.apparmor.security.beta.kubernetes.io/c': 'unconfined', note: 'CANARY' } },
  spec: { serviceAccountName: 'bot', containers: [{ name: 'c', image: 'i' }] },
};

function controller(kind: string, name: string, more: { metadata?: Json; spec?: Json } = {}): Json {
  const apiVersion = kind === 'ReplicationController' ? 'v1' : kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1';
  const body = kind === 'CronJob' ? { jobTemplate: { spec: { template: TEMPLATE } } } : { template: TEMPLATE };
  return { apiVersion, kind, metadata: { name, namespace: 'a', ...more.metadata }, spec: { ...body, ...more.spec } };
}

const ownedBy = (kind: string, name: string): Json => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `uid-of-${name}`, controller: true }],
});
const pod = (name: string, metadata: Json = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'a', ...metadata },
  spec: {},
});

function podsOf(...objects: Json[]): readonly Pod[] {
  const builder = createInventoryBuilder();
  for (const object of objects) builder.addObject(object, { source: 'snapshot', file: 'x.yaml' });
  return builder.finish().kubernetes.pods;
}

const namesOf = (...objects: Json[]): string[] => podsOf(...objects).map(({ name }) => name);

describe('a controller stands for the pod that it would make', () => {
  test.each([
    ['Deployment', 'apps/v1', '/spec/template'],
    ['StatefulSet', 'apps/v1', '/spec/template'],
    ['DaemonSet', 'apps/v1', '/spec/template'],
    ['ReplicaSet', 'apps/v1', '/spec/template'],
    ['ReplicationController', 'v1', '/spec/template'],
    ['Job', 'batch/v1', '/spec/template'],
    ['CronJob', 'batch/v1', '/spec/jobTemplate/spec/template'],
  ])('%s', (kind, apiVersion, template) => {
    expect(podsOf(controller(kind, 'web'))).toEqual([
      {
        namespace: 'a',
        name: `web-${kind.toLowerCase()}-pod`,
        labels: new Map([['app', 'x']]),
        annotations: new Map([['container.apparmor.security.beta.kubernetes.io/c', 'unconfined']]),
        owner: { apiVersion, kind, name: 'web' },
        template,
        spec: expect.objectContaining({ serviceAccountName: 'bot' }),
      },
    ]);
  });

  test.each<[string, Json[], string[]]>([
    ['beside pods of others', [controller('Deployment', 'web'), pod('x', ownedBy('ReplicaSet', 'api-1'))], ['web-deployment-pod', 'x']],
    [
      'in another namespace than its like that has pods',
      [
        controller('Deployment', 'web'),
        { ...pod('x', ownedBy('Deployment', 'web')), metadata: { name: 'x', namespace: 'b', ...ownedBy('Deployment', 'web') } },
      ],
      ['web-deployment-pod', 'x'],
    ],
    [
      'of another kind than its namesake that has pods',
      [controller('StatefulSet', 'web'), controller('DaemonSet', 'web'), pod('x', ownedBy('DaemonSet', 'web'))],
      ['web-statefulset-pod', 'x'],
    ],
    [
      'with a name that a pod has already',
      [controller('Deployment', 'web'), pod('web-deployment-pod')],
      ['web-deployment-pod', 'web-deployment-pod-x'],
    ],
    ['two of one name', [controller('Deployment', 'web'), controller('StatefulSet', 'web')], ['web-deployment-pod', 'web-statefulset-pod']],
    [
      'once, though a ReplicaSet of it is there too',
      [controller('Deployment', 'web'), controller('ReplicaSet', 'web-1', { metadata: ownedBy('Deployment', 'web') })],
      ['web-deployment-pod'],
    ],
    [
      'once, though a Job of it is there too',
      [controller('CronJob', 'web'), controller('Job', 'web-1', { metadata: ownedBy('CronJob', 'web') })],
      ['web-cronjob-pod'],
    ],
    [
      'though it says that it owns itself',
      [controller('Deployment', 'web', { metadata: ownedBy('Deployment', 'web') })],
      ['web-deployment-pod'],
    ],
    [
      'though an owner that was not read is named',
      [controller('ReplicaSet', 'web', { metadata: ownedBy('Rollout', 'web') })],
      ['web-replicaset-pod'],
    ],
    ['named like a field of every object', [controller('Deployment', 'constructor')], ['constructor-deployment-pod']],
  ])('%s', (_name, objects, names) => {
    expect(namesOf(...objects)).toEqual(names);
    expect(namesOf(...[...objects].reverse())).toEqual(names);
  });
});

describe('no pod is expected', () => {
  test.each<[string, Json[], string[]]>([
    ['of a controller that an API server admitted', [controller('Deployment', 'web', { metadata: { uid: 'u' } })], []],
    ['of a controller with no replicas', [controller('Deployment', 'web', { spec: { replicas: 0 } })], []],
    ['of a controller that owns a pod', [controller('StatefulSet', 'web'), pod('web-0', ownedBy('StatefulSet', 'web'))], ['web-0']],
    [
      'of a controller that owns a pod through another',
      [
        controller('Deployment', 'web'),
        controller('ReplicaSet', 'web-1', { metadata: ownedBy('Deployment', 'web') }),
        pod('web-1-x', ownedBy('ReplicaSet', 'web-1')),
      ],
      ['web-1-x'],
    ],
    ['where there is no controller', [pod('x')], ['x']],
  ])('%s', (_name, objects, names) => {
    expect(namesOf(...objects)).toEqual(names);
  });
});

const addOn = (apiVersion: string, kind: string, more: Json = {}): Json => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace: 'a' },
  spec: { template: TEMPLATE },
  ...more,
});
const ROLLOUT = addOn('argoproj.io/v1alpha1', 'Rollout');

describe('controllers of add-ons stand for their pod too', () => {
  test.each([
    ['argoproj.io/v1alpha1', 'Rollout'],
    ['apps.openshift.io/v1', 'DeploymentConfig'],
    ['serving.knative.dev/v1', 'Service'],
    ['serving.knative.dev/v1', 'Configuration'],
    ['apps.kruise.io/v1alpha1', 'CloneSet'],
  ])('%s %s', (apiVersion, kind) => {
    expect(podsOf(addOn(apiVersion, kind))).toMatchObject([
      {
        namespace: 'a',
        name: `web-${kind.toLowerCase()}-pod`,
        labels: new Map([['app', 'x']]),
        owner: { apiVersion, kind, name: 'web' },
        template: '/spec/template',
        spec: { serviceAccountName: 'bot' },
      },
    ]);
  });

  test.each<[string, Json[], string[]]>([
    ['admitted by an API server', [{ ...ROLLOUT, metadata: { name: 'web', namespace: 'a', uid: 'u' } }], []],
    ['of no replicas', [addOn('argoproj.io/v1alpha1', 'Rollout', { spec: { replicas: 0, template: TEMPLATE } })], []],
    ['without a template', [addOn('argoproj.io/v1alpha1', 'Rollout', { spec: { workloadRef: { name: 'web' } } })], []],
    ['of the name in another group', [addOn('example.com/v1', 'Rollout')], []],
    ['whose pods were read', [ROLLOUT, pod('web-1', ownedBy('Rollout', 'web'))], ['web-1']],
    [
      'whose pods were read behind a controller between',
      [ROLLOUT, controller('ReplicaSet', 'web-1', { metadata: ownedBy('Rollout', 'web') }), pod('web-1-x', ownedBy('ReplicaSet', 'web-1'))],
      ['web-1-x'],
    ],
  ])('but none %s', (_name, objects, names) => {
    expect(namesOf(...objects)).toEqual(names);
    expect(namesOf(...[...objects].reverse())).toEqual(names);
  });

  test('what is malformed is a gap with its place', () => {
    const builder = createInventoryBuilder();
    const broken = { ...ROLLOUT, spec: { template: { spec: { containers: ['x'] } } } };
    builder.addObject(broken, { source: 'snapshot', file: 'x.yaml' });
    const { kubernetes, gaps } = builder.finish();
    expect(kubernetes.pods).toEqual([]);
    expect(gaps).toMatchObject([{ what: 'Rollout `a/web`', pointer: '/spec/template/spec/containers/0' }]);
  });
});

test('expecting twice is expecting once', () => {
  const builder = createInventoryBuilder();
  builder.addObject(controller('Deployment', 'web'), { source: 'snapshot' });
  const { kubernetes } = builder.finish();
  expect(withExpectedPods(kubernetes)).toEqual(kubernetes);
});
