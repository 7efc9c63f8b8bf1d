import { describe, expect, it, test } from 'vitest';
import type { PodOptions } from '../../inventory/testing/cluster.ts';
import {
  corePatternEscapes,
  kubeletVolumes,
  logFolders,
  readEscapes,
  runtimeSocketEscapes,
  staticPodEscapes,
  writeEscapes,
} from './host-path-escape.ts';
import type { DecideEscapes } from './node-escape.ts';
import { UNKNOWN_NODE } from './node-traits.ts';
import { mounts, node, specOf } from './testing/spec.ts';

const ALL: Readonly<Record<string, DecideEscapes>> = {
  write: writeEscapes,
  read: readEscapes,
  core: corePatternEscapes,
  static: staticPodEscapes,
  socket: runtimeSocketEscapes,
  log: logFolders,
  volumes: kubeletVolumes,
};
const RO = { readOnly: true };

/** Names of the ways that a spec has, with ` ?` where none of a kind is certain. */
const ways = (options: PodOptions, traits = UNKNOWN_NODE): string[] =>
  Object.entries(ALL).flatMap(([name, decide]) => {
    const found = decide(specOf(options), traits);
    if (found.length === 0) return [];
    return [found.some(({ hangsOn }) => hangsOn === undefined) ? name : `${name} ?`];
  });

const as = (security: object, path = '/', mount: object = {}) => mounts(path, mount, { spec: { securityContext: security } });
const EVERY = ['write', 'read', 'core', 'static', 'socket', 'log', 'volumes'];

describe('paths of the node', () => {
  it.each<[string, PodOptions, string[]]>([
    ['the whole disk', mounts('/'), EVERY],
    ['the whole disk to read: /proc below it stays writable', mounts('/', RO), ['read', 'core ?', 'socket', 'volumes']],
    ['the whole disk to read, recursively', mounts('/', { ...RO, recursiveReadOnly: 'Enabled' }), ['read', 'socket', 'volumes']],
    ['the whole disk by a detour', mounts('/mnt/..'), EVERY],
    ['the whole disk through a process', mounts('/proc/1/root'), EVERY],
    ['as another user', as({ runAsUser: 1000 }), EVERY.map((way) => `${way} ?`)],
    [
      'as another user who cannot become root: what only root can write is out of reach',
      mounts('/', {}, { container: { securityContext: { runAsUser: 1000, allowPrivilegeEscalation: false } } }),
      ['write ?', 'read ?', 'static ?', 'socket ?', 'log ?', 'volumes ?'],
    ],
    [
      'in a user namespace: files are mapped, /proc is not',
      mounts('/', {}, { spec: { hostUsers: false } }),
      ['write', 'read', 'core ?', 'static', 'socket', 'log', 'volumes'],
    ],
    ['in a sandbox', mounts('/', {}, { spec: { runtimeClassName: 'gvisor' } }), EVERY.map((way) => `${way} ?`)],
    ['a socket, read-only', mounts('/run/crio/crio.sock', RO), ['socket']],
    ['a subPath that leads there', mounts('/', { subPath: 'etc/cron.d' }), ['write']],
    ['a subPath that leads away', mounts('/', { subPath: 'tmp' }), []],
    ['of Windows', mounts('C:\\', {}, { spec: { os: { name: 'windows' } } }), []],
    ['the whole disk of Windows, written as of Linux', mounts('/', {}, { spec: { os: { name: 'windows' } } }), []],
    ['data', mounts('/mnt/data'), []],
    ['a volume that nobody mounts', { volumes: [{ name: 'h', hostPath: { path: '/' } }] }, []],
    ['no hostPath', { volumes: [{ name: 'h', emptyDir: {} }], mounts: [{ name: 'h', mountPath: '/etc/cron.d' }] }, []],
  ])('%s', (_name, options, expected) => {
    expect(ways(options)).toEqual(expected);
  });

  test('SELinux of the node lets only privileged containers through, and those of an unconfined type', () => {
    const selinux = node({ enforcesSelinux: 'Fedora' });
    expect(ways(mounts('/etc/cron.d'), selinux)).toEqual(['write ?']);
    expect(ways(mounts('/etc/cron.d', {}, { spec: { securityContext: { seLinuxOptions: { type: 'spc_t' } } } }), selinux)).toEqual([
      'write',
    ]);
    expect(
      ways(
        mounts('/etc/cron.d', {}, { container: { securityContext: { privileged: true }, volumeMounts: [{ name: 'h', mountPath: '/h' }] } }),
        selinux,
      ),
    ).toEqual(['write']);
  });

  test('it says what is written where, and through which mount', () => {
    expect(writeEscapes(specOf(mounts('/opt/cni')), UNKNOWN_NODE).map(({ says }) => says)).toEqual([
      'container main writes /opt/cni/bin of the node (mounts /opt/cni)',
    ]);
    expect(readEscapes(specOf(as({ runAsUser: 7 }, '/etc')), UNKNOWN_NODE)[0]?.hangsOn).toContain('open to user 7');
  });
});
