import type { Check, PodSecurityControl } from '../control.ts';

/** Sysctls that are safe from a policy version on, newest set last. */
const ADDED: readonly { readonly since: number; readonly names: readonly string[] }[] = [
  {
    since: 0,
    names: [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.tcp_syncookies',
      'net.ipv4.ping_group_range',
      'net.ipv4.ip_unprivileged_port_start',
    ],
  },
  { since: 27, names: ['net.ipv4.ip_local_reserved_ports'] },
  {
    since: 29,
    names: ['net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'],
  },
  { since: 32, names: ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'] },
  { since: 37, names: ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'] },
];

function onlySafeAt(minor: number): Check {
  const safe = new Set(ADDED.filter(({ since }) => since <= minor).flatMap(({ names }) => names));
  return ({ spec }) =>
    (spec.securityContext?.sysctls ?? []).flatMap((name, index) =>
      safe.has(name) ? [] : [{ pointer: `/spec/securityContext/sysctls/${index}/name`, says: `the pod sets the sysctl ${name}` }],
    );
}

/** Names are compared as they are written, with dots. Source: policy/check_sysctls.go. */
export const sysctls: PodSecurityControl = {
  id: 'sysctls',
  title: 'Sysctls',
  level: 'baseline',
  revisions: ADDED.map(({ since }) => ({ since, check: onlySafeAt(since) })),
};
