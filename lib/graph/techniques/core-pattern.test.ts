import { describe, expect, it } from 'vitest';
import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { ANYWHERE, beside, MAYBE, mounts, NODE, nodeWith, pod } from '../testing/escapes.ts';

const RO = { readOnly: true };
const volumes = [{ name: 'host', hostPath: { path: '/proc' } }];
const volumeMounts = [{ name: 'host', mountPath: '/host' }];
const side = (list: string, more: object = {}) => beside(list, { volumeMounts, ...more }, { volumes });

describe('core-pattern', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['all of /proc', mounts('/proc'), NODE],
    ['kernel settings', mounts('/proc/sys/kernel'), NODE],
    ['the setting itself', mounts('/proc/sys/kernel/core_pattern'), NODE],
    ['the whole disk', mounts('/'), NODE],
    ['the whole disk, read-only: /proc below it is writable', mounts('/', RO), MAYBE],
    ['a user namespace', mounts('/proc', {}, { spec: { hostUsers: false } }), MAYBE],
    ['a subPath that leads there', mounts('/proc', { subPath: 'sys/kernel' }), NODE],
    ['a sidecar', side('initContainers', { restartPolicy: 'Always' }), NODE],
    ['an ephemeral container', side('ephemeralContainers'), NODE],
    ['a user other than root', mounts('/proc', {}, { spec: { securityContext: { runAsUser: 1000 } } }), MAYBE],
    ['a sandbox, which may stop it', mounts('/proc', {}, { spec: { runtimeClassName: 'gvisor' } }), MAYBE],
    ['SELinux, which may stop it', nodeWith({ osImage: 'Fedora CoreOS 40' }).pod('a/web', { volumes, mounts: volumeMounts }), MAYBE],
    ['a pod that no node has taken', mounts('/proc', {}, { node: '', phase: 'Pending' }), ANYWHERE],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'core-pattern')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['read-only', mounts('/proc', RO)],
    ['kernel settings, read-only', mounts('/proc/sys/kernel', RO)],
    ['the whole disk, recursively read-only', mounts('/', { ...RO, recursiveReadOnly: 'Enabled' })],
    ['other settings', mounts('/proc/sys/vm')],
    ['another setting of the kernel', mounts('/proc/sys/kernel/hostname')],
    ['/sys', mounts('/sys')],
    ['a name that only begins so', mounts('/procs')],
    [
      'a user who cannot become root',
      mounts('/proc', {}, { container: { securityContext: { runAsUser: 7, allowPrivilegeEscalation: false }, volumeMounts } }),
    ],
    ['a volume that nobody mounts', pod({ volumes })],
    ['a path in the container', pod({ volumes: [{ name: 'host', emptyDir: {} }], mounts: [{ name: 'host', mountPath: '/proc' }] })],
    [
      'a mount of another volume',
      pod({ volumes: [...volumes, { name: 'mine', emptyDir: {} }], mounts: [{ name: 'mine', mountPath: '/x' }] }),
    ],
    ['a plain init container that has ended', side('initContainers')],
    ['a pod of Windows', mounts('/proc', {}, { spec: { os: { name: 'windows' } } })],
    ['a pod that ended well', mounts('/proc', {}, { phase: 'Succeeded' })],
    ['a pod that failed', mounts('/proc', {}, { phase: 'Failed' })],
    ['temporary files', mounts('/tmp')],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'core-pattern')).toEqual([]);
  });

  it('points at the volume by its place in the spec, and closes with it', () => {
    const world = pod({ volumes: [{ name: 'mine', emptyDir: {} }, ...volumes], mounts: volumeMounts }).inventory();
    expect(evidenceOf(world, 'core-pattern')).toEqual(['Pod a/web /spec/volumes/1/hostPath']);
    expect(changesOfEdges(world, 'core-pattern')).toEqual(['pod:a/web → node:n1: hostPath: template of pod:a/web']);
  });
});
