import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () => cluster().serviceAccount('a/default').secret('a/db').secret('a/other').secret('b/only-b');
const pod = (options: PodOptions) => base().pod('a/web', options);
const volume = { name: 'v', secret: { secretName: 'db' } };
const mount = { name: 'v', mountPath: '/v' };
const env = (secret: string) => ({
  env: [
    { name: 'PLAIN', value: 'canary' },
    { name: 'PW', valueFrom: { secretKeyRef: { name: secret, key: 'pw' } } },
  ],
});
const side = (list: string, container: object) =>
  pod({ volumes: [volume], spec: { [list]: [{ name: 'side', image: 'x', ...container }] } });
const DB = ['pod:a/web → secret:a/db'];

describe('mounts-secret', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['a volume of the secret', pod({ volumes: [volume], mounts: [mount] }), DB],
    [
      'a source of a projected volume',
      pod({
        volumes: [{ name: 'v', projected: { sources: [{ configMap: { name: 'x' } }, { secret: { name: 'db' } }] } }],
        mounts: [mount],
      }),
      DB,
    ],
    ['a key in the environment', pod({ container: env('db') }), DB],
    ['the whole secret in the environment', pod({ container: { envFrom: [{ secretRef: { name: 'db' } }] } }), DB],
    ['a sidecar that mounts it', side('initContainers', { restartPolicy: 'Always', volumeMounts: [mount] }), DB],
    ['an ephemeral container that mounts it', side('ephemeralContainers', { volumeMounts: [mount] }), DB],
    [
      'two secrets',
      pod({ volumes: [volume], mounts: [mount], container: { ...env('other'), volumeMounts: [mount] } }),
      [...DB, 'pod:a/web → secret:a/other'],
    ],
    [
      'one edge for a secret that is there twice',
      pod({ volumes: [volume], mounts: [mount], container: { ...env('db'), volumeMounts: [mount] } }),
      DB,
    ],
    ['a secret that nobody could list', cluster().pod('a/web', { volumes: [volume], mounts: [mount] }), DB],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'mounts-secret')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['a volume that nobody mounts', pod({ volumes: [volume] })],
    ['a plain init container that has ended', side('initContainers', { volumeMounts: [mount] })],
    ['the environment of an init container that has ended', side('initContainers', env('db'))],
    ['a secret that does not exist', pod({ container: env('ghost') })],
    ['a secret of that name in another namespace', pod({ container: env('only-b') })],
    ['an image pull secret, which only the kubelet reads', pod({ spec: { imagePullSecrets: [{ name: 'db' }] } })],
    [
      'a config map of that name',
      pod({
        volumes: [{ name: 'v', configMap: { name: 'db' } }],
        mounts: [mount],
        container: { envFrom: [{ configMapRef: { name: 'db' } }], volumeMounts: [mount] },
      }),
    ],
    ['a key of a config map', pod({ container: { env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'db', key: 'x' } } }] } })],
    ['a pod that ended well', pod({ phase: 'Succeeded', container: env('db') })],
    ['a pod that failed', pod({ phase: 'Failed', volumes: [volume], mounts: [mount] })],
    ['a template', base().workload('Deployment', 'a/web', { container: env('db') })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'mounts-secret')).toEqual([]);
  });

  it.each<[string, PodOptions, string]>([
    ['volume', { volumes: [volume], mounts: [mount] }, '/spec/volumes/0/secret'],
    ['environment', { container: env('db') }, '/spec/containers/0/env/1/valueFrom/secretKeyRef'],
    ['whole environment', { container: { envFrom: [{ secretRef: { name: 'db' } }] } }, '/spec/containers/0/envFrom/0/secretRef'],
  ])('points at the reference: %s', (_name, options, pointer) => {
    const evidence = evidenceOf(pod(options).inventory(), 'mounts-secret');
    expect(evidence).toHaveLength(1);
    expect(evidence[0]?.startsWith(`Pod a/web ${pointer}`), evidence[0]).toBe(true);
  });
});
