import { describe, expect, it } from 'vitest';
import type { PodSpec } from '../../inventory/kubernetes.ts';
import { cluster } from '../../inventory/testing/cluster.ts';
import {
  appArmorProfile,
  containerPointer,
  hasAddedCapability,
  isHostProcess,
  isPrivileged,
  mayRunAsRoot,
  runningContainers,
} from './security-context.ts';

type Json = Record<string, unknown>;

function specOf(spec: Json, container: Json = {}): PodSpec {
  const [pod] = cluster().pod('a/web', { token: false, spec, container }).inventory().kubernetes.pods;
  if (pod === undefined) throw new Error('the fixture made no pod');
  return pod.spec;
}
const first = (spec: PodSpec) => {
  const [container] = spec.containers;
  if (container === undefined) throw new Error('the fixture made no container');
  return container;
};
const contexts = (pod: Json, container: Json): PodSpec => specOf({ securityContext: pod }, { securityContext: container });
const withCapabilities = (add: string[], drop: string[]) => first(contexts({}, { capabilities: { add, drop } }));

describe('runningContainers', () => {
  it('leaves out init containers that have ended and says where each of the others stands', () => {
    const spec = specOf({
      initContainers: [
        { name: 'setup', image: 'x' },
        { name: 'sidecar', image: 'x', restartPolicy: 'Always' },
        { name: 'never', image: 'x', restartPolicy: 'Never' },
      ],
      ephemeralContainers: [{ name: 'debug', image: 'x' }],
    });
    const found = runningContainers(spec).map((container) => `${container.name} ${containerPointer(container)}`);
    expect(found.sort()).toEqual(['debug /spec/ephemeralContainers/0', 'main /spec/containers/0', 'sidecar /spec/initContainers/1']);
  });
});

describe('mayRunAsRoot', () => {
  it.each<[string, Json, Json, boolean]>([
    ['nobody says: the image decides', {}, {}, true],
    ['the container is root', { runAsUser: 1000 }, { runAsUser: 0 }, true],
    ['the pod is root', { runAsUser: 0 }, {}, true],
    ['the container may be root where the pod may not', { runAsNonRoot: true }, { runAsNonRoot: false }, true],
    ['runAsNonRoot: false', {}, { runAsNonRoot: false }, true],
    ['the container is another user', { runAsUser: 0 }, { runAsUser: 1000 }, false],
    ['the pod is another user', { runAsUser: 1000 }, {}, false],
    ['the pod must not be root', { runAsNonRoot: true }, {}, false],
    ['the container must not be root', {}, { runAsNonRoot: true }, false],
    ['the container must not be root where the pod may', { runAsNonRoot: false }, { runAsNonRoot: true }, false],
  ])('%s', (_name, pod, container, expected) => {
    const spec = contexts(pod, container);
    expect(mayRunAsRoot(spec, first(spec))).toBe(expected);
  });
});

describe('isPrivileged and isHostProcess', () => {
  const host = (hostProcess: boolean) => ({ windowsOptions: { hostProcess } });
  it.each<[string, Json, Json, boolean, boolean]>([
    ['neither', {}, {}, false, false],
    ['privileged', {}, { privileged: true }, true, false],
    ['not privileged', {}, { privileged: false }, false, false],
    ['privileged by a field that pods do not have', { privileged: true }, {}, false, false],
    ['HostProcess by the container', {}, host(true), false, true],
    ['HostProcess by the pod', host(true), {}, false, true],
    ['the container before the pod', host(true), host(false), false, false],
    ['the container before the pod, the other way', host(false), host(true), false, true],
  ])('%s', (_name, pod, container, privileged, hostProcess) => {
    const spec = contexts(pod, container);
    expect([isPrivileged(first(spec)), isHostProcess(spec, first(spec))]).toEqual([privileged, hostProcess]);
  });
});

describe('hasAddedCapability', () => {
  it.each<[string, string[], string[], boolean]>([
    ['by its name', ['SYS_ADMIN'], [], true],
    ['with the prefix', ['CAP_SYS_ADMIN'], [], true],
    ['in small letters', ['cap_sys_admin'], [], true],
    ['by ALL', ['ALL'], [], true],
    ['by all', ['all'], [], true],
    ['by name after ALL was dropped', ['SYS_ADMIN'], ['ALL'], true],
    ['by ALL where another is dropped', ['ALL'], ['NET_RAW'], true],
    ['not: nothing added', [], [], false],
    ['not: another', ['NET_ADMIN'], [], false],
    ['not: dropped by name', ['SYS_ADMIN'], ['SYS_ADMIN'], false],
    ['not: dropped by its other name', ['SYS_ADMIN'], ['cap_sys_admin'], false],
    ['not: ALL but this one', ['ALL'], ['SYS_ADMIN'], false],
    ['not: ALL added and dropped', ['ALL'], ['ALL'], false],
    ['not: a longer name', ['SYS_ADMINS'], [], false],
    ['not: a prefix twice', ['CAP_CAP_SYS_ADMIN'], [], false],
  ])('%s', (_name, add, drop, expected) => {
    expect(hasAddedCapability(withCapabilities(add, drop), 'SYS_ADMIN')).toBe(expected);
  });
});

describe('appArmorProfile', () => {
  const profile = (type: string) => ({ appArmorProfile: { type } });
  it.each<[string, Json, Json, string | undefined]>([
    ['nobody says', {}, {}, undefined],
    ['the pod', profile('Unconfined'), {}, 'Unconfined'],
    ['the container', {}, profile('RuntimeDefault'), 'RuntimeDefault'],
    ['the container before the pod', profile('Unconfined'), profile('RuntimeDefault'), 'RuntimeDefault'],
  ])('%s', (_name, pod, container, expected) => {
    const spec = contexts(pod, container);
    expect(appArmorProfile(spec, first(spec))?.type).toBe(expected);
  });
});
