import { describe, expect, it, test } from 'vitest';
import type { PodSpec } from '../../inventory/kubernetes.ts';
import { cluster, type PodOptions } from '../../inventory/testing/cluster.ts';
import { capabilityEscapes, hostPathEscapes, hostPidEscapes, type NodeEscape, privilegedEscapes, runtimeSocketEscapes } from './escape.ts';

function specOf(options: PodOptions): PodSpec {
  const [pod] = cluster()
    .pod('a/web', { token: false, ...options })
    .inventory().kubernetes.pods;
  if (pod === undefined) throw new Error('the fixture made no pod');
  return pod.spec;
}

/** `POINTER + POINTER ?`: where it stands, and whether it hangs on something. */
const brief = (ways: readonly NodeEscape[]): string[] =>
  ways.map(
    ({ pointer, alongWith, hangsOn }) =>
      `${pointer}${alongWith === undefined ? '' : ` + ${alongWith.pointer}`}${hangsOn === undefined ? '' : ' ?'}`,
  );

const context = (securityContext: object, spec: Record<string, unknown> = {}): PodOptions => ({ container: { securityContext }, spec });
const add = (...names: string[]) => ({ capabilities: { add: names } });
const mounts = (path: string, more: object = {}, options: PodOptions = {}): PodOptions => ({
  volumes: [{ name: 'h', hostPath: { path } }],
  mounts: [{ name: 'h', mountPath: '/h', ...more }],
  ...options,
});
const AT = '/spec/containers/0/securityContext';
const HOST = { hostPID: true };
const VOLUME = '/spec/volumes/0/hostPath';
const USER = { securityContext: { runAsUser: 1000 } };

describe('privilegedEscapes', () => {
  it.each<[string, PodOptions, string[]]>([
    ['privileged', context({ privileged: true }), [`${AT}/privileged`]],
    [
      'privileged in a user namespace of its own: only by a flaw',
      context({ privileged: true }, { hostUsers: false }),
      [`${AT}/privileged ?`],
    ],
    ['privileged and not root: it needs no root', context({ privileged: true, runAsUser: 1000 }), [`${AT}/privileged`]],
    ['HostProcess', context({ windowsOptions: { hostProcess: true } }), [`${AT}/windowsOptions/hostProcess`]],
    [
      'HostProcess by the pod',
      { spec: { securityContext: { windowsOptions: { hostProcess: true } } } },
      ['/spec/securityContext/windowsOptions/hostProcess'],
    ],
    ['nothing', {}, []],
    ['everything but privileged', context({ ...add('ALL'), allowPrivilegeEscalation: true }, { ...HOST, hostNetwork: true }), []],
  ])('%s', (_name, options, expected) => {
    expect(brief(privilegedEscapes(specOf(options)))).toEqual(expected);
  });
});

test('a module is loaded over the node only where the pod shares its users', () => {
  expect(brief(capabilityEscapes(specOf(context(add('SYS_MODULE'), { hostUsers: true }))))).toEqual([`${AT}/capabilities/add`]);
  expect(brief(capabilityEscapes(specOf(context(add('SYS_MODULE'), { hostUsers: false }))))).toEqual([`${AT}/capabilities/add ?`]);
});

describe('capabilityEscapes', () => {
  const LIST = `${AT}/capabilities/add`;
  it.each<[string, PodOptions, string[]]>([
    ['one that is sure', context(add('SYS_MODULE')), [LIST]],
    ['those that hang on the node', context(add('SYS_ADMIN', 'DAC_READ_SEARCH')), [`${LIST} ?`, `${LIST} ?`]],
    ['ALL', context(add('ALL')), [LIST, `${LIST} ?`, `${LIST} ?`]],
    ['one of a user other than root', context({ ...add('SYS_MODULE'), runAsUser: 1000 }), [`${LIST} ?`]],
    ['none', context(add('NET_ADMIN', 'SYS_PTRACE')), []],
    ['none of a privileged container', context({ ...add('SYS_MODULE'), privileged: true }), []],
  ])('%s', (_name, options, expected) => {
    expect(brief(capabilityEscapes(specOf(options)))).toEqual(expected);
  });
});

describe('hostPidEscapes', () => {
  const BOTH = add('SYS_PTRACE', 'SYS_ADMIN');
  const OFF = { appArmorProfile: { type: 'Unconfined' } };
  const TRACE = `/spec/hostPID + ${AT}/capabilities/add`;
  it.each<[string, PodOptions, number | undefined, string[]]>([
    ['privileged', context({ privileged: true }, HOST), 36, [`/spec/hostPID + ${AT}/privileged`]],
    ['both capabilities without AppArmor', context({ ...BOTH, ...OFF }, HOST), 36, [TRACE]],
    ['both before 1.31', context(BOTH, HOST), 30, [TRACE]],
    ['both from 1.31 on', context(BOTH, HOST), 31, [`${TRACE} ?`]],
    ['both in a version that nobody knows', context(BOTH, HOST), undefined, [`${TRACE} ?`]],
    ['SYS_PTRACE alone', context({ ...add('SYS_PTRACE'), ...OFF }, HOST), 30, [`${TRACE} ?`]],
    ['without hostPID', context({ ...BOTH, ...OFF, privileged: true }), 30, []],
    ['hostPID alone', { spec: HOST }, 30, []],
    ['SYS_ADMIN alone', context(add('SYS_ADMIN'), HOST), 30, []],
  ])('%s', (_name, options, version, expected) => {
    expect(brief(hostPidEscapes(specOf(options), version))).toEqual(expected);
  });
});

describe('hostPathEscapes and runtimeSocketEscapes', () => {
  it.each<[string, PodOptions, string[], string[]]>([
    ['the whole disk', mounts('/'), [VOLUME], [VOLUME]],
    ['the whole disk to read', mounts('/', { readOnly: true }), [VOLUME], [VOLUME]],
    ['a user other than root', mounts('/', {}, { spec: USER }), [`${VOLUME} ?`], [`${VOLUME} ?`]],
    ['what only may be obeyed', mounts('/opt/tool'), [`${VOLUME} ?`], []],
    ['what only may be a key', mounts('/home', { readOnly: true }), [`${VOLUME} ?`], []],
    ['keys to write: no less than to read', mounts('/etc/kubernetes/pki'), [VOLUME], []],
    ['a socket', mounts('/run/crio/crio.sock', { readOnly: true }), [], [VOLUME]],
    ['a subPath that leads there', mounts('/', { subPath: 'etc/cron.d' }), [VOLUME], []],
    ['a subPath that leads away', mounts('/', { subPath: 'tmp' }), [], []],
    ['data', mounts('/mnt/data'), [], []],
    ['a volume that nobody mounts', { volumes: [{ name: 'h', hostPath: { path: '/' } }] }, [], []],
    ['no hostPath', { volumes: [{ name: 'h', emptyDir: {} }], mounts: [{ name: 'h', mountPath: '/etc/cron.d' }] }, [], []],
  ])('%s', (_name, options, paths, sockets) => {
    expect([brief(hostPathEscapes(specOf(options))), brief(runtimeSocketEscapes(specOf(options)))]).toEqual([paths, sockets]);
  });
});
