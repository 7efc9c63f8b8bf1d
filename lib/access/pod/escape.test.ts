import { describe, expect, it, test } from 'vitest';
import type { PodOptions } from '../../inventory/testing/cluster.ts';
import { hostIpcExposures, hostNetworkExposures, hostPidEscapes, hostProcessEscapes, privilegedEscapes } from './escape.ts';
import { UNKNOWN_NODE } from './node-traits.ts';
import { brief, context, node, specOf } from './testing/spec.ts';

const AT = '/spec/containers/0/securityContext';
const HOST = { hostPID: true };
const add = (...names: string[]) => ({ capabilities: { add: names } });
const WINDOWS = node({ os: 'windows' });
const LINUX = node({ os: 'linux' });

describe('privilegedEscapes', () => {
  it.each<[string, PodOptions, string[]]>([
    ['privileged', context({ privileged: true }), [`${AT}/privileged`]],
    ['in a user namespace of its own: only by a flaw', context({ privileged: true }, { hostUsers: false }), [`${AT}/privileged ?`]],
    ['sharing the users of the node by its word', context({ privileged: true }, { hostUsers: true }), [`${AT}/privileged`]],
    ['as another user: the kernel takes the capabilities away', context({ privileged: true, runAsUser: 1000 }), [`${AT}/privileged ?`]],
    ['not as root', context({ privileged: true, runAsNonRoot: true }), [`${AT}/privileged ?`]],
    [
      'root by the container, another user by the pod',
      context({ privileged: true, runAsUser: 0 }, { securityContext: { runAsUser: 7 } }),
      [`${AT}/privileged`],
    ],
    ['in gVisor', context({ privileged: true }, { runtimeClassName: 'gvisor' }), [`${AT}/privileged ?`]],
    ['in a runtime class that nobody knows', context({ privileged: true }, { runtimeClassName: 'fast' }), [`${AT}/privileged ?`]],
    [
      'with seccomp and AppArmor, which do not hold for it',
      context({ privileged: true, seccompProfile: { type: 'RuntimeDefault' } }),
      [`${AT}/privileged`],
    ],
    [
      'with all capabilities dropped, which do not hold for it',
      context({ privileged: true, capabilities: { drop: ['ALL'] } }),
      [`${AT}/privileged`],
    ],
    ['a pod of Windows', context({ privileged: true }, { os: { name: 'windows' } }), []],
    ['a pod that selects nodes of Windows', context({ privileged: true }, { nodeSelector: { 'kubernetes.io/os': 'windows' } }), []],
    ['nothing', {}, []],
    ['privileged: false', context({ privileged: false }), []],
    ['HostProcess, which is of Windows', context({ windowsOptions: { hostProcess: true } }), []],
    ['everything but privileged', context({ ...add('ALL'), allowPrivilegeEscalation: true }, { ...HOST, hostNetwork: true }), []],
  ])('%s', (_name, options, expected) => {
    expect(brief(privilegedEscapes(specOf(options), UNKNOWN_NODE))).toEqual(expected);
  });

  test('a node of Windows runs nothing privileged, one of Linux does', () => {
    const spec = specOf(context({ privileged: true }));
    expect([privilegedEscapes(spec, WINDOWS).length, privilegedEscapes(spec, LINUX).length]).toEqual([0, 1]);
  });

  test('a node that is no machine is not taken but by a flaw of the cloud', () => {
    const spec = specOf(context({ privileged: true }));
    expect(brief(privilegedEscapes(spec, node({ isVirtual: true })))).toEqual([`${AT}/privileged ?`]);
  });

  test('the sandbox is named by its class and product', () => {
    const hangsOn = (runtimeClassName: string) =>
      privilegedEscapes(specOf(context({ privileged: true }, { runtimeClassName })), UNKNOWN_NODE)[0]?.hangsOn;
    expect(hangsOn('kata-qemu')).toContain('`kata-qemu` (Kata Containers)');
    expect(hangsOn('runsc')).toContain('gVisor');
    expect(hangsOn('nvidia')).toContain('runtime class `nvidia` being no sandbox');
  });

  test('several conditions are told together, each once', () => {
    const spec = specOf(context({ privileged: true, runAsUser: 5 }, { hostUsers: false, runtimeClassName: 'kata' }));
    expect(privilegedEscapes(spec, UNKNOWN_NODE)[0]?.hangsOn?.split('; ')).toHaveLength(3);
  });
});

describe('hostProcessEscapes', () => {
  const host = (hostProcess: boolean) => ({ windowsOptions: { hostProcess } });
  it.each<[string, PodOptions, string[]]>([
    ['by the container', context(host(true)), [`${AT}/windowsOptions/hostProcess`]],
    ['by the pod', { spec: { securityContext: host(true) } }, ['/spec/securityContext/windowsOptions/hostProcess']],
    ['of a pod that says Windows', context(host(true), { os: { name: 'windows' } }), [`${AT}/windowsOptions/hostProcess`]],
    ['not where the container says no', { spec: { securityContext: host(true) }, container: { securityContext: host(false) } }, []],
    ['not of a pod that says Linux', context(host(true), { os: { name: 'linux' } }), []],
    ['not: false', context(host(false)), []],
    ['not of a privileged container', context({ privileged: true }), []],
    ['not of an init container that has ended', { spec: { initContainers: [{ name: 'i', image: 'x', securityContext: host(true) }] } }, []],
  ])('%s', (_name, options, expected) => {
    expect(brief(hostProcessEscapes(specOf(options), UNKNOWN_NODE))).toEqual(expected);
  });

  test('on a node of Linux the pod never starts', () => {
    const spec = specOf(context(host(true)));
    expect([hostProcessEscapes(spec, LINUX).length, hostProcessEscapes(spec, WINDOWS).length]).toEqual([0, 1]);
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
    ['both of another user', context({ ...BOTH, ...OFF, runAsUser: 1000 }, HOST), 36, [`${TRACE} ?`]],
    ['both in a sandbox', context({ ...BOTH, ...OFF }, { ...HOST, runtimeClassName: 'gvisor' }), 36, [`${TRACE} ?`]],
    ['another user without a way to root', context({ ...BOTH, ...OFF, runAsUser: 1000, allowPrivilegeEscalation: false }, HOST), 30, []],
    ['without hostPID', context({ ...BOTH, ...OFF, privileged: true }), 30, []],
    ['hostPID alone', { spec: HOST }, 30, []],
    ['SYS_ADMIN alone', context(add('SYS_ADMIN'), HOST), 30, []],
    ['of Windows', context({ privileged: true }, { ...HOST, os: { name: 'windows' } }), 36, []],
  ])('%s', (_name, options, version, expected) => {
    expect(brief(hostPidEscapes(version)(specOf(options), UNKNOWN_NODE))).toEqual(expected);
  });

  test('SELinux of the node stands between a container and the processes of others', () => {
    const spec = specOf(context({ ...BOTH, ...OFF }, HOST));
    expect(brief(hostPidEscapes(36)(spec, node({ enforcesSelinux: 'Bottlerocket' })))).toEqual([`${TRACE} ?`]);
  });
});

describe('hostIpcExposures and hostNetworkExposures', () => {
  it.each<[string, PodOptions, string[], string[]]>([
    ['hostIPC', { spec: { hostIPC: true } }, ['/spec/hostIPC ?'], []],
    ['hostNetwork', { spec: { hostNetwork: true } }, [], ['/spec/hostNetwork']],
    ['hostNetwork without NET_RAW', context({ capabilities: { drop: ['ALL'] } }, { hostNetwork: true }), [], ['/spec/hostNetwork']],
    ['neither', {}, [], []],
    ['both off', { spec: { hostIPC: false, hostNetwork: false } }, [], []],
    ['hostPID, which is another thing', { spec: HOST }, [], []],
    ['processes shared in the pod', { spec: { shareProcessNamespace: true } }, [], []],
    ['a port of the node', { container: { ports: [{ containerPort: 80, hostPort: 80 }] } }, [], []],
    ['hostIPC of Windows', { spec: { hostIPC: true, os: { name: 'windows' } } }, [], []],
  ])('%s', (_name, options, ipc, network) => {
    const spec = specOf(options);
    expect([brief(hostIpcExposures(spec, UNKNOWN_NODE)), brief(hostNetworkExposures(spec, UNKNOWN_NODE))]).toEqual([ipc, network]);
  });
});
