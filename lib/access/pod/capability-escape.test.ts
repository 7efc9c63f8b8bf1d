import { describe, expect, it, test } from 'vitest';
import type { PodOptions } from '../../inventory/testing/cluster.ts';
import { adminEscapes, kernelModuleEscapes, openByHandleEscapes, weakCapabilities } from './capability-escape.ts';
import { UNKNOWN_NODE } from './node-traits.ts';
import { brief, context, node, specOf } from './testing/spec.ts';

const LIST = '/spec/containers/0/securityContext/capabilities/add';
const add = (...names: string[]) => ({ capabilities: { add: names } });
const MODULE = add('SYS_MODULE');

describe('kernelModuleEscapes', () => {
  it.each<[string, PodOptions, string[]]>([
    ['SYS_MODULE', context(MODULE), [LIST]],
    ['by ALL', context(add('ALL')), [LIST]],
    ['with its prefix and in small letters', context(add('cap_sys_module')), [LIST]],
    ['after ALL was dropped', context({ capabilities: { add: ['SYS_MODULE'], drop: ['ALL'] } }), [LIST]],
    [
      "with the runtime's seccomp profile, which lets whoever has the capability",
      context({ ...MODULE, seccompProfile: { type: 'RuntimeDefault' } }),
      [LIST],
    ],
    ['without seccomp', context({ ...MODULE, seccompProfile: { type: 'Unconfined' } }), [LIST]],
    [
      'with a seccomp profile of its own',
      context({ ...MODULE, seccompProfile: { type: 'Localhost', localhostProfile: 'x.json' } }),
      [`${LIST} ?`],
    ],
    [
      'with one of the pod',
      context(MODULE, { securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'x.json' } } }),
      [`${LIST} ?`],
    ],
    ['as another user, who may find a setuid program', context({ ...MODULE, runAsUser: 1000 }), [`${LIST} ?`]],
    [
      'as root without privilege escalation: it is root already',
      context({ ...MODULE, runAsUser: 0, allowPrivilegeEscalation: false }),
      [LIST],
    ],
    ['in a user namespace of its own', context(MODULE, { hostUsers: false }), [`${LIST} ?`]],
    ['sharing the users of the node', context(MODULE, { hostUsers: true }), [LIST]],
    ['in a sandbox', context(MODULE, { runtimeClassName: 'kata' }), [`${LIST} ?`]],
    ['another user who cannot become root', context({ ...MODULE, runAsUser: 1000, allowPrivilegeEscalation: false }), []],
    [
      'nobody in particular, but not root, and no way to it',
      context({ ...MODULE, runAsNonRoot: true, allowPrivilegeEscalation: false }),
      [],
    ],
    ['dropped by name', context({ capabilities: { add: ['SYS_MODULE'], drop: ['CAP_SYS_MODULE'] } }), []],
    ['ALL without it', context({ capabilities: { add: ['ALL'], drop: ['sys_module'] } }), []],
    ['a privileged container', context({ ...MODULE, privileged: true }), []],
    ['another capability', context(add('SYS_ADMIN', 'DAC_READ_SEARCH')), []],
    ['of Windows', context(MODULE, { os: { name: 'windows' } }), []],
  ])('%s', (_name, options, expected) => {
    expect(brief(kernelModuleEscapes(specOf(options), UNKNOWN_NODE))).toEqual(expected);
  });

  it.each([
    ['Windows', { os: 'windows' }, []],
    ['Linux', { os: 'linux' }, [LIST]],
    ['a system that loads signed modules only', { signsModules: 'Talos' }, [`${LIST} ?`]],
    ['a system with SELinux', { enforcesSelinux: 'Fedora' }, [`${LIST} ?`]],
  ])('on %s', (_name, traits, expected) => {
    expect(brief(kernelModuleEscapes(specOf(context(MODULE)), node(traits)))).toEqual(expected);
  });

  test('a type of SELinux that confines nothing', () => {
    const spec = specOf(context({ ...MODULE, seLinuxOptions: { type: 'spc_t' } }));
    expect(brief(kernelModuleEscapes(spec, node({ enforcesSelinux: 'Fedora' })))).toEqual([LIST]);
    const other = specOf(context({ ...MODULE, seLinuxOptions: { type: 'container_t' } }));
    expect(brief(kernelModuleEscapes(other, node({ enforcesSelinux: 'Fedora' })))).toEqual([`${LIST} ?`]);
  });
});

describe('adminEscapes and openByHandleEscapes', () => {
  const hangsOn = (more: object) => adminEscapes(specOf(context({ ...add('SYS_ADMIN'), ...more })), UNKNOWN_NODE)[0]?.hangsOn ?? '';

  test('SYS_ADMIN hangs on AppArmor and the version of cgroups, in the words of the profile', () => {
    expect(hangsOn({})).toMatch(/^AppArmor on the node being off/);
    expect(hangsOn({ appArmorProfile: { type: 'Unconfined' } })).toMatch(/^cgroup v1/);
    expect(hangsOn({ appArmorProfile: { type: 'RuntimeDefault' } })).toMatch(/^AppArmor on the node being off/);
    expect(hangsOn({ appArmorProfile: { type: 'Localhost', localhostProfile: 'k8s-mine' } })).toMatch(
      /^AppArmor profile k8s-mine allowing/,
    );
  });

  it.each<[string, PodOptions, number, number]>([
    ['SYS_ADMIN', context(add('SYS_ADMIN')), 1, 0],
    ['DAC_READ_SEARCH', context(add('DAC_READ_SEARCH')), 0, 1],
    ['ALL', context(add('ALL')), 1, 1],
    ['DAC_OVERRIDE, which every container has', context(add('DAC_OVERRIDE')), 0, 0],
    ['names that only begin so', context(add('SYS_ADMINS', 'DAC_READ')), 0, 0],
    ['a user who cannot become root', context({ ...add('ALL'), runAsUser: 7, allowPrivilegeEscalation: false }), 0, 0],
  ])('%s', (_name, options, admin, handle) => {
    const spec = specOf(options);
    expect([adminEscapes(spec, UNKNOWN_NODE).length, openByHandleEscapes(spec, UNKNOWN_NODE).length]).toEqual([admin, handle]);
  });
});

describe('weakCapabilities', () => {
  const told = (options: PodOptions) =>
    weakCapabilities(specOf(options), UNKNOWN_NODE).map(({ says }) => /CAP_(\w+)/.exec(says)?.[1] ?? '');
  it.each<[string, PodOptions, string[]]>([
    ['raw ports', context(add('SYS_RAWIO')), ['SYS_RAWIO']],
    ['eBPF', context(add('BPF', 'PERFMON')), ['BPF', 'PERFMON']],
    ['the network of the node', context(add('NET_ADMIN'), { hostNetwork: true }), ['NET_ADMIN']],
    ['the network of the pod alone', context(add('NET_ADMIN')), []],
    ['tracing in the pod', context(add('SYS_PTRACE')), ['SYS_PTRACE']],
    ["tracing the node's processes, which is an escape of its own", context(add('SYS_PTRACE'), { hostPID: true }), []],
    ['the clock, of a user who cannot use it', context({ ...add('SYS_TIME'), runAsUser: 65534, allowPrivilegeEscalation: false }), []],
    ['capabilities of the default set', context(add('NET_RAW', 'CHOWN', 'NET_BIND_SERVICE', 'SETUID')), []],
    ['nothing', {}, []],
    ['a privileged container', context({ ...add('SYS_RAWIO'), privileged: true }), []],
  ])('%s', (_name, options, expected) => {
    expect(told(options)).toEqual(expected);
  });

  test('none of them is certain', () => {
    expect(brief(weakCapabilities(specOf(context(add('ALL'))), UNKNOWN_NODE)).every((way) => way.endsWith(' ?'))).toBe(true);
  });
});
