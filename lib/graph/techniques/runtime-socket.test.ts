import { describe, expect, it } from 'vitest';
import { type ClusterFixture, cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { edgesOf, evidenceOf } from '../testing/edges.ts';

const base = () => cluster().serviceAccount('a/default').node('n1').node('n2');
const pod = (options: PodOptions) => base().pod('a/web', options);
const NODE = ['pod:a/web → node:n1'];
/** Mounts a path of the node. */
const mounts = (path: string, mount: object = {}, options: PodOptions = {}) =>
  pod({ volumes: [{ name: 'host', hostPath: { path } }], mounts: [{ name: 'host', mountPath: '/host', ...mount }], ...options });
const RO = { readOnly: true };
const volumes = [{ name: 'host', hostPath: { path: '/run/containerd/containerd.sock' } }];
const volumeMounts = [{ name: 'host', mountPath: '/host' }];
const side = (list: string, more: object = {}) => pod({ volumes, spec: { [list]: [{ name: 'side', image: 'x', volumeMounts, ...more }] } });

describe('runtime-socket', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['containerd', mounts('/run/containerd/containerd.sock'), NODE],
    ['containerd by its old path', mounts('/var/run/containerd/containerd.sock'), NODE],
    ['Docker', mounts('/var/run/docker.sock'), NODE],
    ['Docker by its new path', mounts('/run/docker.sock'), NODE],
    ['CRI-O', mounts('/var/run/crio/crio.sock'), NODE],
    ['CRI-O by its new path', mounts('/run/crio/crio.sock'), NODE],
    ['cri-dockerd', mounts('/run/cri-dockerd.sock'), NODE],
    ['dockershim', mounts('/var/run/dockershim.sock'), NODE],
    ['read-only: it can still be connected to', mounts('/run/containerd/containerd.sock', RO), NODE],
    ['the directory of the socket', mounts('/run/containerd'), NODE],
    ['a directory above it', mounts('/run', RO), NODE],
    ['the old directory above it', mounts('/var/run'), NODE],
    ['the whole disk', mounts('/', RO), NODE],
    ['a slash at the end', mounts('/run/containerd/'), NODE],
    ['a subPath that leads there', mounts('/run', { subPath: 'containerd' }), NODE],
    ['a sidecar', side('initContainers', { restartPolicy: 'Always' }), NODE],
    ['an ephemeral container', side('ephemeralContainers'), NODE],
    [
      'a pod that no node has taken: it may come to any',
      mounts('/run', {}, { node: '', phase: 'Pending' }),
      ['pod:a/web → all-nodes:* (conditional)'],
    ],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'runtime-socket')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['another socket', mounts('/var/run/nscd/socket')],
    ['a sibling directory', mounts('/run/containerd-shim')],
    ['a directory whose name the socket only begins with', mounts('/run/docker')],
    ['a longer name', mounts('/var/run/docker.sock.bak')],
    ['a state directory of containerd beside the socket', mounts('/run/containerd/io.containerd.runtime.v2.task')],
    ['the data of containerd, not its socket', mounts('/var/lib/containerd')],
    ['rules of udev', mounts('/run/udev')],
    ['a subPath that leads away', mounts('/run', { subPath: 'udev' })],
    ['a volume that nobody mounts', pod({ volumes })],
    [
      'a path in the container',
      pod({ volumes: [{ name: 'host', emptyDir: {} }], mounts: [{ name: 'host', mountPath: '/run/containerd/containerd.sock' }] }),
    ],
    [
      'a mount of another volume',
      pod({ volumes: [...volumes, { name: 'mine', emptyDir: {} }], mounts: [{ name: 'mine', mountPath: '/x' }] }),
    ],
    ['a plain init container that has ended', side('initContainers')],
    ['a pod that ended well', mounts('/run', {}, { phase: 'Succeeded' })],
    ['a pod that failed', mounts('/run', {}, { phase: 'Failed' })],
    ['a template', base().workload('DaemonSet', 'a/web', { volumes, mounts: volumeMounts })],
    ['temporary files', mounts('/tmp')],
    ['the socket of the same name elsewhere', mounts('/opt/run/containerd/containerd.sock')],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'runtime-socket')).toEqual([]);
  });

  it('points at the volume by its place in the spec', () => {
    const world = pod({ volumes: [{ name: 'mine', emptyDir: {} }, ...volumes], mounts: volumeMounts });
    expect(evidenceOf(world.inventory(), 'runtime-socket')).toEqual(['Pod a/web /spec/volumes/1/hostPath']);
  });
});
