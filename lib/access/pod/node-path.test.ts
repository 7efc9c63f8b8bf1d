import { describe, expect, it, test } from 'vitest';
import { effectivePath, mountedPaths } from './node-path.ts';
import { mounts, specOf } from './testing/spec.ts';

describe('effectivePath', () => {
  it.each([
    ['/etc', undefined, '/etc'],
    ['/etc', '', '/etc'],
    ['/', '', '/'],
    ['/etc/', 'kubernetes/', '/etc/kubernetes'],
    ['//etc/./kubernetes//', './manifests', '/etc/kubernetes/manifests'],
    ['/', 'run', '/run'],
    ['/mnt', '/etc', '/mnt/etc'],
    ['', '', '/'],
    ['/var/run', undefined, '/run'],
    ['/var/run/docker.sock', undefined, '/run/docker.sock'],
    ['/var', 'run/docker.sock', '/run/docker.sock'],
    ['/var/runner', undefined, '/var/runner'],
    ['/mnt/..', undefined, '/'],
    ['/mnt/../../../etc', undefined, '/etc'],
    ['/var/log/../run', undefined, '/run'],
    ['/mnt', '../etc', '/mnt/etc'],
    ['/proc/1/root', undefined, '/'],
    ['/proc/1/root/etc', undefined, '/etc'],
    ['/proc/self/root/proc/1/root/var/run', undefined, '/run'],
    ['/proc/1/rootkit', undefined, '/proc/1/rootkit'],
    ['/proc/12/root', undefined, '/proc/12/root'],
  ])('%s with subPath %s is %s', (hostPath, subPath, expected) => {
    expect(effectivePath(hostPath, subPath)).toBe(expected);
  });

  test('a path of links in links comes to an end', () => {
    expect(effectivePath('/proc/1/root'.repeat(2_000))).toMatch(/^\/proc\/1\/root/);
  });
});

describe('mountedPaths', () => {
  const found = (options: Parameters<typeof specOf>[0]) =>
    mountedPaths(specOf(options)).map(({ container, path, readOnly, recursiveReadOnly, pointer }) =>
      [container.name, path, readOnly ? 'ro' : 'rw', recursiveReadOnly ?? '', pointer].join(' ').replace('  ', ' '),
    );
  const volumes = [{ name: 'h', hostPath: { path: '/var' } }];
  const volumeMounts = [{ name: 'h', mountPath: '/h' }];
  it.each<[string, Parameters<typeof specOf>[0], string[]]>([
    ['a mount', mounts('/etc'), ['main /etc rw /spec/volumes/0/hostPath']],
    ['a read-only mount', mounts('/etc', { readOnly: true }), ['main /etc ro /spec/volumes/0/hostPath']],
    ['a recursive one', mounts('/', { readOnly: true, recursiveReadOnly: 'Enabled' }), ['main / ro Enabled /spec/volumes/0/hostPath']],
    [
      'a sidecar',
      { volumes, spec: { initContainers: [{ name: 's', image: 'x', restartPolicy: 'Always', volumeMounts }] } },
      ['s /var rw /spec/volumes/0/hostPath'],
    ],
    [
      'an ephemeral container',
      { volumes, spec: { ephemeralContainers: [{ name: 'e', image: 'x', volumeMounts }] } },
      ['e /var rw /spec/volumes/0/hostPath'],
    ],
    ['not of an init container that has ended', { volumes, spec: { initContainers: [{ name: 's', image: 'x', volumeMounts }] } }, []],
    ['not: a volume that nobody mounts', { volumes }, []],
    ['not: a volume of another kind', { volumes: [{ name: 'h', emptyDir: {} }], mounts: volumeMounts }, []],
    ['not: a mount of no volume', { mounts: volumeMounts }, []],
  ])('%s', (_name, options, expected) => {
    expect(found(options)).toEqual(expected);
  });
});
