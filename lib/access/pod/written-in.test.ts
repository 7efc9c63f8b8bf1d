import { describe, expect, test } from 'vitest';
import type { Pod, PodSpec } from '../../inventory/kubernetes.ts';
import { writtenIn } from './written-in.ts';

const OWNER = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };

function pod(more: Partial<Pod>, serviceAccountName = 'bot'): Pod {
  const spec = { serviceAccountName } as PodSpec;
  return { namespace: 'a', name: 'p', labels: new Map([['app', 'x']]), annotations: new Map(), spec, ...more };
}

describe('where a place of a pod is written', () => {
  test.each<[string, Pod, string, [string, string, string]]>([
    ['in an admitted pod', pod({ uid: 'u', owner: OWNER }), '/spec/nodeName', ['Pod', 'p', '/spec/nodeName']],
    [
      'in an admitted pod, defaults too',
      pod({ uid: 'u' }, 'default'),
      '/spec/serviceAccountName',
      ['Pod', 'p', '/spec/serviceAccountName'],
    ],
    ['in the manifest of a pod', pod({}), '/spec/serviceAccountName', ['Pod', 'p', '/spec/serviceAccountName']],
    [
      'in the manifest of a pod, but not a default that nobody wrote',
      pod({}, 'default'),
      '/spec/serviceAccountName',
      ['Pod', 'p', '/spec'],
    ],
    [
      'in a template',
      pod({ owner: OWNER, template: '/spec/template' }),
      '/spec/containers/0',
      ['Deployment', 'web', '/spec/template/spec/containers/0'],
    ],
    [
      'in the template of a CronJob',
      pod({ owner: { ...OWNER, kind: 'CronJob' }, template: '/spec/jobTemplate/spec/template' }),
      '/spec/hostPID',
      ['CronJob', 'web', '/spec/jobTemplate/spec/template/spec/hostPID'],
    ],
    [
      'in a template, an unwritten default',
      pod({ owner: OWNER, template: '/spec/template' }, 'default'),
      '/spec/serviceAccountName',
      ['Deployment', 'web', '/spec/template/spec'],
    ],
    [
      'in a template, its labels',
      pod({ owner: OWNER, template: '/spec/template' }),
      '/metadata/labels',
      ['Deployment', 'web', '/spec/template/metadata/labels'],
    ],
    [
      'in a template without labels',
      pod({ owner: OWNER, template: '/spec/template', labels: new Map() }),
      '/metadata/labels',
      ['Deployment', 'web', '/spec/template'],
    ],
    [
      'in a template, its owner',
      pod({ owner: OWNER, template: '/spec/template' }),
      '/metadata/ownerReferences',
      ['Deployment', 'web', '/spec/template'],
    ],
    [
      'in a template, whose name and namespace are its owner’s',
      pod({ owner: OWNER, template: '/spec/template' }),
      '/metadata/namespace',
      ['Deployment', 'web', '/metadata/namespace'],
    ],
  ])('%s', (_name, of, pointer, [kind, name, place]) => {
    expect(writtenIn(of, pointer)).toEqual({ kind, namespace: 'a', name, pointer: place });
  });
});

test.each([
  ['default', '/metadata/namespace', '/metadata'],
  ['a', '/metadata/namespace', '/metadata/namespace'],
  ['default', '/metadata/name', '/metadata/name'],
])('a manifest of namespace %s: %s is written at %s', (namespace, pointer, place) => {
  expect(writtenIn({ ...pod({}), namespace }, pointer).pointer).toBe(place);
  expect(writtenIn({ ...pod({ uid: 'u' }), namespace }, pointer).pointer).toBe(pointer);
});
