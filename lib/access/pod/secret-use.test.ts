import { describe, expect, it } from 'vitest';
import type { PodSpec } from '../../inventory/kubernetes.ts';
import { cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { referencedSecrets, secretUses } from './secret-use.ts';

function specOf(options: PodOptions): PodSpec {
  const [pod] = cluster()
    .pod('a/web', { token: false, ...options })
    .inventory().kubernetes.pods;
  if (pod === undefined) throw new Error('the fixture made no pod');
  return pod.spec;
}
const env = { env: [{ name: 'PW', valueFrom: { secretKeyRef: { name: 's', key: 'pw' } } }] };
const volumes = [{ name: 'v', secret: { secretName: 's' } }];
const mounts = [{ name: 'v', mountPath: '/v' }];
const REFERENCE = 's /spec/volumes/0/secret';

describe('secretUses (running containers) and referencedSecrets (the kubelet)', () => {
  it.each<[string, PodOptions, string[], string[]]>([
    ['a mounted volume', { volumes, mounts }, [REFERENCE], [REFERENCE]],
    ['a volume that nobody mounts', { volumes }, [], [REFERENCE]],
    [
      'a source of a projected volume',
      { volumes: [{ name: 'v', projected: { sources: [{ configMap: { name: 's' } }, { secret: { name: 's' } }] } }], mounts },
      ['s /spec/volumes/0/projected/sources/1/secret'],
      ['s /spec/volumes/0/projected/sources/1/secret'],
    ],
    [
      'the environment',
      { container: env },
      ['s /spec/containers/0/env/0/valueFrom/secretKeyRef'],
      ['s /spec/containers/0/env/0/valueFrom/secretKeyRef'],
    ],
    [
      'the environment of an init container',
      { spec: { initContainers: [{ name: 'i', image: 'x', ...env }] } },
      [],
      ['s /spec/initContainers/0/env/0/valueFrom/secretKeyRef'],
    ],
    [
      'an image pull secret',
      { spec: { imagePullSecrets: [{ name: 'r' }, { name: 's' }] } },
      [],
      ['r /spec/imagePullSecrets/0', 's /spec/imagePullSecrets/1'],
    ],
    ['a config map', { volumes: [{ name: 'v', configMap: { name: 's' } }], mounts }, [], []],
    ['a literal', { container: { env: [{ name: 'PW', value: 's' }] } }, [], []],
  ])('%s', (_name, options, running, kubelet) => {
    const spec = specOf(options);
    const brief = (uses: ReturnType<typeof secretUses>) => uses.map(({ secret, pointer }) => `${secret} ${pointer}`);
    expect([brief(secretUses(spec)), brief(referencedSecrets(spec))]).toEqual([running, kubelet]);
  });
});
