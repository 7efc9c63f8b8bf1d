import { describe, expect, test } from 'vitest';
import type { PodSecurityControlId } from '../control.ts';
import { breachesOf, type Policy, type TestedPod } from '../testing/breaches.ts';

type Json = Record<string, unknown>;
/** Name, pod, policy, pointers of the breaches; none: let in. */
type Row = readonly [string, TestedPod, Policy, ...string[]];

const main = (securityContext: Json): TestedPod => ({ container: { securityContext } });
const ofPod = (securityContext: Json): TestedPod => ({ spec: { securityContext } });
/** A second container in another list. */
const also = (list: string, more: Json): TestedPod => ({ spec: { [list]: [{ name: 'other', image: 'i', ...more }] } });
const MAIN = '/spec/containers/0';
const AT = `${MAIN}/securityContext`;
const annotated = (annotations: Json): TestedPod => ({ annotations });
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/main';
const APPARMOR_POINTER = '/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1main';
const SECCOMP_POD = 'seccomp.security.alpha.kubernetes.io/pod';
const SECCOMP_MAIN = 'container.seccomp.security.alpha.kubernetes.io/main';
const sysctl = (...names: string[]): TestedPod => ofPod({ sysctls: names.map((name) => ({ name, value: '1' })) });
const probe = (more: Json): TestedPod => ({ container: more });

const tables: Readonly<Partial<Record<PodSecurityControlId, readonly Row[]>>> = {
  privileged: [
    ['a privileged container', main({ privileged: true }), 'baseline', `${AT}/privileged`],
    ['at restricted as well', main({ privileged: true }), 'restricted', `${AT}/privileged`],
    ['at v1.0', main({ privileged: true }), 'baseline:v1.0', `${AT}/privileged`],
    [
      'an init container',
      also('initContainers', { securityContext: { privileged: true } }),
      'baseline',
      '/spec/initContainers/0/securityContext/privileged',
    ],
    [
      'an ephemeral container',
      also('ephemeralContainers', { securityContext: { privileged: true } }),
      'baseline',
      '/spec/ephemeralContainers/0/securityContext/privileged',
    ],
    ['the level privileged', main({ privileged: true }), 'privileged'],
    ['false', main({ privileged: false }), 'baseline'],
    ['nothing said', {}, 'baseline'],
    ['root without privileges', main({ runAsUser: 0 }), 'baseline'],
  ],
  hostNamespaces: [
    ['hostNetwork', { spec: { hostNetwork: true } }, 'baseline', '/spec/hostNetwork'],
    ['hostPID', { spec: { hostPID: true } }, 'baseline', '/spec/hostPID'],
    ['hostIPC', { spec: { hostIPC: true } }, 'restricted:v1.0', '/spec/hostIPC'],
    ['two of them', { spec: { hostIPC: true, hostPID: true } }, 'baseline', '/spec/hostPID', '/spec/hostIPC'],
    ['false', { spec: { hostNetwork: false, hostPID: false, hostIPC: false } }, 'baseline'],
    ['sharing processes within the pod', { spec: { shareProcessNamespace: true } }, 'baseline'],
    ['hostUsers true is no host namespace of the standard', { spec: { hostUsers: true } }, 'restricted'],
  ],
  hostPathVolumes: [
    ['a hostPath', { spec: { volumes: [{ name: 'v', hostPath: { path: '/tmp' } }] } }, 'baseline', '/spec/volumes/0/hostPath'],
    [
      'the second volume',
      {
        spec: {
          volumes: [
            { name: 'e', emptyDir: {} },
            { name: 'v', hostPath: { path: '/' } },
          ],
        },
      },
      'baseline:v1.5',
      '/spec/volumes/1/hostPath',
    ],
    ['at restricted the control of volume types stands in', { spec: { volumes: [{ name: 'v', hostPath: { path: '/' } }] } }, 'restricted'],
    [
      'a claim, which may be a hostPath below',
      { spec: { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }] } },
      'baseline',
    ],
    ['nfs', { spec: { volumes: [{ name: 'v', nfs: { server: 's', path: '/' } }] } }, 'baseline'],
  ],
  hostPorts: [
    ['a host port', { container: { ports: [{ containerPort: 80, hostPort: 8080 }] } }, 'baseline', `${MAIN}/ports/0/hostPort`],
    [
      'the second port',
      { container: { ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81, protocol: 'UDP' }] } },
      'restricted',
      `${MAIN}/ports/1/hostPort`,
    ],
    [
      'an init container',
      also('initContainers', { ports: [{ containerPort: 80, hostPort: 80 }] }),
      'baseline',
      '/spec/initContainers/0/ports/0/hostPort',
    ],
    ['zero', { container: { ports: [{ containerPort: 80, hostPort: 0 }] } }, 'baseline'],
    ['a container port', { container: { ports: [{ containerPort: 80 }] } }, 'restricted'],
  ],
  capabilities_baseline: [
    ['SYS_ADMIN', main({ capabilities: { add: ['SYS_ADMIN'] } }), 'baseline', `${AT}/capabilities/add`],
    ['NET_RAW was never in the list', main({ capabilities: { add: ['NET_RAW'] } }), 'baseline', `${AT}/capabilities/add`],
    ['names are compared as written', main({ capabilities: { add: ['CAP_CHOWN'] } }), 'baseline', `${AT}/capabilities/add`],
    ['lower case', main({ capabilities: { add: ['chown'] } }), 'baseline', `${AT}/capabilities/add`],
    ['ALL', main({ capabilities: { add: ['ALL'] } }), 'baseline', `${AT}/capabilities/add`],
    ['adding after dropping ALL', main({ capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } }), 'baseline', `${AT}/capabilities/add`],
    [
      'at restricted before 1.22 it counts by itself',
      main({ capabilities: { add: ['NET_ADMIN'] } }),
      'restricted:v1.21',
      `${AT}/capabilities/add`,
    ],
    ['at restricted from 1.22 the stricter control stands in', main({ capabilities: { add: ['NET_ADMIN'] } }), 'restricted:v1.22'],
    [
      'every name of the default set',
      main({
        capabilities: {
          add: [
            'AUDIT_WRITE',
            'CHOWN',
            'DAC_OVERRIDE',
            'FOWNER',
            'FSETID',
            'KILL',
            'MKNOD',
            'NET_BIND_SERVICE',
            'SETFCAP',
            'SETGID',
            'SETPCAP',
            'SETUID',
            'SYS_CHROOT',
          ],
        },
      }),
      'baseline',
    ],
    ['dropping', main({ capabilities: { drop: ['NET_RAW'] } }), 'baseline'],
    ['none at all', {}, 'baseline'],
  ],
  windowsHostProcess: [
    ['on a container', main({ windowsOptions: { hostProcess: true } }), 'baseline', `${AT}/windowsOptions/hostProcess`],
    ['on the pod', ofPod({ windowsOptions: { hostProcess: true } }), 'restricted', '/spec/securityContext/windowsOptions/hostProcess'],
    ['false', main({ windowsOptions: { hostProcess: false } }), 'baseline'],
    ['another option', main({ windowsOptions: { runAsUserName: 'ContainerUser' } }), 'baseline'],
  ],
  hostProbesAndHostLifecycle: [
    [
      'a liveness probe',
      probe({ livenessProbe: { httpGet: { host: '127.0.0.1', port: 80 } } }),
      'baseline',
      `${MAIN}/livenessProbe/httpGet/host`,
    ],
    [
      'a readiness probe by TCP',
      probe({ readinessProbe: { tcpSocket: { host: 'h', port: 80 } } }),
      'baseline:v1.34',
      `${MAIN}/readinessProbe/tcpSocket/host`,
    ],
    ['a startup probe', probe({ startupProbe: { httpGet: { host: 'h', port: 80 } } }), 'restricted', `${MAIN}/startupProbe/httpGet/host`],
    [
      'a hook',
      probe({ lifecycle: { preStop: { httpGet: { host: 'h', port: 80 } } } }),
      'baseline',
      `${MAIN}/lifecycle/preStop/httpGet/host`,
    ],
    [
      'a hook by TCP',
      probe({ lifecycle: { postStart: { tcpSocket: { host: 'h', port: 1 } } } }),
      'baseline',
      `${MAIN}/lifecycle/postStart/tcpSocket/host`,
    ],
    ['before 1.34', probe({ livenessProbe: { httpGet: { host: 'h', port: 80 } } }), 'baseline:v1.33'],
    ['latest of a server before 1.34', probe({ livenessProbe: { httpGet: { host: 'h', port: 80 } } }), 'baseline:latest:33'],
    ['an empty host', probe({ livenessProbe: { httpGet: { host: '', port: 80 } } }), 'baseline'],
    ['no host', probe({ livenessProbe: { httpGet: { path: '/', port: 80 } } }), 'baseline'],
    ['a command', probe({ livenessProbe: { exec: { command: ['true'] } } }), 'baseline'],
  ],
  appArmorProfile: [
    ['an annotation', annotated({ [APPARMOR]: 'unconfined' }), 'baseline', APPARMOR_POINTER],
    ['an annotation at v1.0', annotated({ [APPARMOR]: 'unconfined' }), 'baseline:v1.0', APPARMOR_POINTER],
    [
      'of a container that is not there',
      annotated({ 'container.apparmor.security.beta.kubernetes.io/gone': 'x' }),
      'baseline',
      '/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1gone',
    ],
    ['the field of a container', main({ appArmorProfile: { type: 'Unconfined' } }), 'baseline', `${AT}/appArmorProfile/type`],
    [
      'the field of the pod',
      ofPod({ appArmorProfile: { type: 'Unconfined' } }),
      'restricted',
      '/spec/securityContext/appArmorProfile/type',
    ],
    [
      'the field at a policy older than the field',
      main({ appArmorProfile: { type: 'Unconfined' } }),
      'baseline:v1.20',
      `${AT}/appArmorProfile/type`,
    ],
    ['the field on a server that does not know it', main({ appArmorProfile: { type: 'Unconfined' } }), 'baseline:latest:29'],
    ['runtime/default', annotated({ [APPARMOR]: 'runtime/default' }), 'baseline'],
    ['localhost/', annotated({ [APPARMOR]: 'localhost/mine' }), 'restricted'],
    ['empty', annotated({ [APPARMOR]: '' }), 'baseline'],
    ['Localhost', main({ appArmorProfile: { type: 'Localhost', localhostProfile: 'p' } }), 'baseline'],
    ['RuntimeDefault', ofPod({ appArmorProfile: { type: 'RuntimeDefault' } }), 'restricted'],
    ['another annotation', annotated({ 'example.com/apparmor': 'unconfined' }), 'baseline'],
  ],
  seLinuxOptions: [
    ['a type', main({ seLinuxOptions: { type: 'spc_t' } }), 'baseline', `${AT}/seLinuxOptions/type`],
    ['a user', ofPod({ seLinuxOptions: { user: 'root' } }), 'baseline', '/spec/securityContext/seLinuxOptions/user'],
    ['a role', main({ seLinuxOptions: { role: 'r' } }), 'restricted', `${AT}/seLinuxOptions/role`],
    [
      'container_engine_t before 1.31',
      main({ seLinuxOptions: { type: 'container_engine_t' } }),
      'baseline:v1.30',
      `${AT}/seLinuxOptions/type`,
    ],
    ['container_engine_t from 1.31', main({ seLinuxOptions: { type: 'container_engine_t' } }), 'baseline:v1.31'],
    ['container_t', main({ seLinuxOptions: { type: 'container_t' } }), 'baseline:v1.0'],
    [
      'container_init_t and container_kvm_t',
      {
        spec: { securityContext: { seLinuxOptions: { type: 'container_init_t' } } },
        container: { securityContext: { seLinuxOptions: { type: 'container_kvm_t' } } },
      },
      'restricted',
    ],
    ['a level is free', main({ seLinuxOptions: { level: 's0:c1,c2' } }), 'restricted'],
    ['empty', main({ seLinuxOptions: { type: '', user: '', role: '' } }), 'baseline'],
  ],
  procMount: [
    ['Unmasked', main({ procMount: 'Unmasked' }), 'baseline', `${AT}/procMount`],
    [
      'Unmasked in a user namespace before 1.35',
      { ...main({ procMount: 'Unmasked' }), spec: { hostUsers: false } },
      'baseline:v1.34',
      `${AT}/procMount`,
    ],
    [
      'Unmasked in a user namespace of a server before 1.35',
      { ...main({ procMount: 'Unmasked' }), spec: { hostUsers: false } },
      'baseline:latest:34',
      `${AT}/procMount`,
    ],
    ['at restricted before 1.35 it counts by itself', main({ procMount: 'Unmasked' }), 'restricted:v1.34', `${AT}/procMount`],
    ['Unmasked in a user namespace from 1.35', { ...main({ procMount: 'Unmasked' }), spec: { hostUsers: false } }, 'baseline:v1.35'],
    ['at restricted from 1.35 the stricter control stands in', main({ procMount: 'Unmasked' }), 'restricted:v1.35'],
    ['Default', main({ procMount: 'Default' }), 'baseline'],
    ['nothing said', {}, 'baseline'],
  ],
  seccompProfile_baseline: [
    ['Unconfined on a container', main({ seccompProfile: { type: 'Unconfined' } }), 'baseline', `${AT}/seccompProfile/type`],
    [
      'Unconfined on the pod',
      ofPod({ seccompProfile: { type: 'Unconfined' } }),
      'baseline:v1.19',
      '/spec/securityContext/seccompProfile/type',
    ],
    [
      'the annotation of the pod before 1.19',
      annotated({ [SECCOMP_POD]: 'unconfined' }),
      'baseline:v1.18',
      '/metadata/annotations/seccomp.security.alpha.kubernetes.io~1pod',
    ],
    [
      'the annotation of a container before 1.19',
      annotated({ [SECCOMP_MAIN]: '' }),
      'restricted:v1.0',
      '/metadata/annotations/container.seccomp.security.alpha.kubernetes.io~1main',
    ],
    ['the annotation from 1.19 on', annotated({ [SECCOMP_POD]: 'unconfined' }), 'baseline:v1.19'],
    ['the field before 1.19', main({ seccompProfile: { type: 'Unconfined' } }), 'baseline:v1.18'],
    [
      'the annotation of a container that is not there',
      annotated({ 'container.seccomp.security.alpha.kubernetes.io/gone': 'unconfined' }),
      'baseline:v1.18',
    ],
    ['runtime/default', annotated({ [SECCOMP_POD]: 'runtime/default' }), 'baseline:v1.0'],
    ['docker/default', annotated({ [SECCOMP_MAIN]: 'docker/default' }), 'baseline:v1.0'],
    ['localhost/', annotated({ [SECCOMP_MAIN]: 'localhost/p' }), 'baseline:v1.0'],
    ['RuntimeDefault', main({ seccompProfile: { type: 'RuntimeDefault' } }), 'baseline'],
    ['Localhost', ofPod({ seccompProfile: { type: 'Localhost', localhostProfile: 'p' } }), 'baseline'],
    ['nothing said', {}, 'baseline'],
    ['at restricted the stricter control stands in', main({ seccompProfile: { type: 'Unconfined' } }), 'restricted'],
  ],
  sysctls: [
    ['kernel.msgmax', sysctl('kernel.msgmax'), 'baseline', '/spec/securityContext/sysctls/0/name'],
    ['the second', sysctl('net.ipv4.tcp_syncookies', 'net.core.somaxconn'), 'restricted', '/spec/securityContext/sysctls/1/name'],
    ['with slashes', sysctl('net/ipv4/tcp_syncookies'), 'baseline', '/spec/securityContext/sysctls/0/name'],
    [
      'ip_local_reserved_ports before 1.27',
      sysctl('net.ipv4.ip_local_reserved_ports'),
      'baseline:v1.26',
      '/spec/securityContext/sysctls/0/name',
    ],
    ['tcp_keepalive_time before 1.29', sysctl('net.ipv4.tcp_keepalive_time'), 'baseline:v1.28', '/spec/securityContext/sysctls/0/name'],
    ['tcp_rmem before 1.32', sysctl('net.ipv4.tcp_rmem'), 'baseline:v1.31', '/spec/securityContext/sysctls/0/name'],
    ['tcp_rmem on a server before 1.32', sysctl('net.ipv4.tcp_rmem'), 'baseline:latest:31', '/spec/securityContext/sysctls/0/name'],
    ['tcp_notsent_lowat before 1.37', sysctl('net.ipv4.tcp_notsent_lowat'), 'baseline:latest:36', '/spec/securityContext/sysctls/0/name'],
    [
      'the five of 1.0',
      sysctl(
        'kernel.shm_rmid_forced',
        'net.ipv4.ip_local_port_range',
        'net.ipv4.tcp_syncookies',
        'net.ipv4.ping_group_range',
        'net.ipv4.ip_unprivileged_port_start',
      ),
      'baseline:v1.0',
    ],
    ['ip_local_reserved_ports from 1.27', sysctl('net.ipv4.ip_local_reserved_ports'), 'baseline:v1.27'],
    [
      'the four of 1.29',
      sysctl('net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'),
      'baseline:v1.29',
    ],
    ['tcp_rmem and tcp_wmem from 1.32', sysctl('net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'), 'baseline:v1.32'],
    ['the two of 1.37', sysctl('net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'), 'baseline:v1.37:37'],
    ['none', {}, 'baseline'],
  ],
};

describe.each(Object.entries(tables))('%s', (control, rows) => {
  test.each(rows.map(([name, ...row]) => [name, row] as const))('%s', (_name, [pod, policy, ...pointers]) =>
    expect(breachesOf(control as PodSecurityControlId, policy, pod)).toEqual(pointers),
  );
});
