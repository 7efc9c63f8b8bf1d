import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { cluster } from '../../inventory/testing/cluster.ts';
import { baseOf } from '../testing/finding-rows.ts';
import type { Operation } from './patches.ts';
import { templateFix } from './template-fix.ts';
import { FindingWorld } from './world.ts';

const owner = (kind: string, name: string) => ({
  metadata: { ownerReferences: [{ apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1', kind, name, uid: 'u', controller: true }] },
});
const workloadOf = (world: ReturnType<typeof cluster>) => {
  const [workload] = new FindingWorld(baseOf(world.inventory())).workloads;
  if (workload === undefined) throw new Error('the world has no workload');
  return workload;
};
const STOP: readonly Operation[] = [{ op: 'replace', path: '/spec/hostPID', value: false }];
const fixOf = (world: ReturnType<typeof cluster>, changes = STOP) => templateFix(workloadOf(world), 'stop it', changes);
const operationsOf = (world: ReturnType<typeof cluster>, changes: readonly Operation[]) => {
  const [patch] = fixOf(world, changes).patches ?? [];
  return patch === undefined ? [] : (parse(patch.text) as Operation[]).map(({ op, path }) => `${op} ${path}`);
};

describe('templateFix', () => {
  test('patches the template of a controller', () => {
    const fix = fixOf(cluster().workload('StatefulSet', 'a/db').pod('a/db-0', owner('StatefulSet', 'db')));
    expect(fix.patches?.map(({ target }) => target)).toEqual([{ apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'a', name: 'db' }]);
    expect(fix.command).toBe(
      `kubectl patch statefulset db --type=json -p '[{"op":"replace","path":"/spec/template/spec/hostPID","value":false}]' -n a`,
    );
    expect(fix.lacks).toBeUndefined();
  });

  test('makes a pod anew, which cannot be changed where it stands', () => {
    const fix = fixOf(cluster().pod('a/one'));
    expect(fix.command).toBe(
      `kubectl get pod one -o json -n a | kubectl patch --local -f - --type=json -p '[{"op":"replace","path":"/spec/hostPID","value":false}]' -o json | kubectl replace --force -f -`,
    );
    expect(parse(fix.patches?.[0]?.text ?? '')).toEqual(STOP);
  });

  test('makes a Job anew without what the API server wrote into it', () => {
    const world = cluster()
      .workload('Job', 'a/once', { metadata: { labels: { 'controller-uid': 'u' } } })
      .pod('a/once-x', owner('Job', 'once'));
    expect(fixOf(world).command).toContain('"path":"/spec/selector"');
    expect(fixOf(world).patches?.[0]?.text).not.toContain('selector');
  });

  test.each<[string, ReturnType<typeof cluster>, readonly Operation[], RegExp]>([
    ['an owner that was not read', cluster().pod('a/one', owner('Rollout', 'web')), STOP, /not among what was read/],
    ['a file of a node', cluster().pod('a/one', owner('Node', 'n1')), STOP, /file on node n1/],
    [
      'an ephemeral container',
      cluster().pod('a/one', { spec: { ephemeralContainers: [{ name: 'e', image: 'e' }] } }),
      [{ op: 'remove', path: '/spec/ephemeralContainers/0/securityContext' }],
      /has nothing of it/,
    ],
  ])('says why there is no patch for %s', (_, world, changes, why) => {
    expect(fixOf(world, changes)).toEqual({ says: 'stop it', lacks: expect.stringMatching(why) });
  });

  const volume = (name: string) => ({ name, hostPath: { path: `/${name}` } });
  const mount = (name: string) => ({ name, mountPath: `/${name}` });

  test('takes volumes with their mounts, the later ones first, and tests their names', () => {
    const world = cluster().pod('a/one', { volumes: ['x', 'y', 'z'].map(volume), mounts: ['x', 'y', 'z'].map(mount), token: false });
    const changes = [0, 2].map((place): Operation => ({ op: 'remove', path: `/spec/volumes/${place}` }));
    expect(operationsOf(world, changes)).toEqual([
      'test /spec/volumes/2/name',
      'test /spec/volumes/0/name',
      'test /spec/containers/0/name',
      'test /spec/containers/0/volumeMounts/2/mountPath',
      'test /spec/containers/0/volumeMounts/0/mountPath',
      'remove /spec/volumes/2',
      'remove /spec/volumes/0',
      'remove /spec/containers/0/volumeMounts/2',
      'remove /spec/containers/0/volumeMounts/0',
    ]);
  });

  test('finds by name in the template what admission moved in the pod, and leaves what it put in', () => {
    const world = cluster()
      .workload('Deployment', 'a/web', { volumes: [volume('own')], mounts: [mount('own')], token: false })
      .pod('a/web-1', {
        ...owner('Deployment', 'web'),
        volumes: [volume('injected'), volume('own')],
        mounts: [mount('injected'), mount('own')],
        token: false,
      });
    const changes = [0, 1].map((place): Operation => ({ op: 'remove', path: `/spec/volumes/${place}` }));
    expect(operationsOf(world, changes).filter((one) => one.startsWith('remove'))).toEqual([
      'remove /spec/template/spec/volumes/0',
      'remove /spec/template/spec/containers/0/volumeMounts/0',
    ]);
  });

  describe('finds entries of a container by what they are, not by their place', () => {
    const both = (template: Record<string, unknown>, pod: Record<string, unknown>) =>
      cluster()
        .workload('Deployment', 'a/web', { ...template, volumes: [volume('x'), volume('y')], token: false })
        .pod('a/web-1', { ...owner('Deployment', 'web'), ...pod, volumes: [volume('x'), volume('y'), volume('injected')], token: false });
    const from = (name: string) => ({ secretRef: { name } });
    const variable = (name: string) => ({ name, value: 'x' });
    const env = (...names: string[]) => ({ container: { env: names.map(variable) } });

    test.each<[string, ReturnType<typeof cluster>, string, readonly string[]]>([
      [
        'a mount behind one that was put in',
        both({ mounts: [mount('x'), mount('y')] }, { mounts: [mount('injected'), mount('y'), mount('x')] }),
        'volumeMounts/2',
        ['test volumeMounts/0/mountPath', 'remove volumeMounts/0'],
      ],
      ['a mount that was put in', both({ mounts: [mount('x')] }, { mounts: [mount('x'), mount('injected')] }), 'volumeMounts/1', []],
      [
        'the same volume mounted elsewhere',
        both({ mounts: [{ name: 'x', mountPath: '/other' }, mount('x')] }, { mounts: [mount('x')] }),
        'volumeMounts/0',
        ['test volumeMounts/1/mountPath', 'remove volumeMounts/1'],
      ],
      [
        'a secret behind one that was put in',
        both({ container: { envFrom: [from('s')] } }, { container: { envFrom: [{ configMapRef: { name: 'injected' } }, from('s')] } }),
        'envFrom/1',
        ['remove envFrom/0'],
      ],
      ['a variable behind one that was put in', both(env('A'), env('INJECTED', 'A')), 'env/1', ['test env/0/name', 'remove env/0']],
      ['the second of two of one name', both(env('A', 'B', 'A'), env('A', 'B', 'A')), 'env/2', ['test env/2/name', 'remove env/2']],
      ['a second of one name that was put in', both(env('A'), env('A', 'A')), 'env/1', []],
    ])('%s', (_, world, place, expected) => {
      const at = '/spec/template/spec/containers/0/';
      const operations = operationsOf(world, [{ op: 'remove', path: `/spec/containers/0/${place}` }]);
      expect(operations).toEqual(expected.length === 0 ? [] : [`test ${at}name`, ...expected.map((one) => one.replace(' ', ` ${at}`))]);
    });
  });

  test('takes a secret to pull images with out by itself, where the template has it', () => {
    const pulling = (...names: string[]) => ({ spec: { imagePullSecrets: names.map((name) => ({ name })) } });
    const world = cluster()
      .workload('Deployment', 'a/web', pulling('x', 'y'))
      .pod('a/web-1', { ...owner('Deployment', 'web'), ...pulling('of-the-account', 'x', 'y') });
    const changes = [0, 2].map((place): Operation => ({ op: 'remove', path: `/spec/imagePullSecrets/${place}` }));
    expect(operationsOf(world, changes)).toEqual([
      'test /spec/template/spec/imagePullSecrets/1/name',
      'remove /spec/template/spec/imagePullSecrets/1',
    ]);
  });

  test('quotes names for the shell', () => {
    const name = `x'; touch pwned #`;
    const fix = fixOf(cluster().workload('Deployment', `a/${name}`).pod('a/p', owner('Deployment', name)));
    expect(fix.command).toContain(`'x'\\''; touch pwned #'`);
  });
});
