import { describe, expect, it } from 'vitest';
import { type ClusterFixture, group, type PodOptions, rule, sa } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';
import { base, MAYBE, nodeWith } from '../testing/escapes.ts';

const LOGS: PodOptions = { volumes: [{ name: 'host', hostPath: { path: '/var/log' } }], mounts: [{ name: 'host', mountPath: '/host' }] };
const on = (path: string, mount: object = {}): PodOptions => ({
  volumes: [{ name: 'host', hostPath: { path } }],
  mounts: [{ name: 'host', mountPath: '/host', ...mount }],
});
const GET = rule('get', '', 'pods/log');

/** The pod, with a Role that its account is bound to. */
const reader = (options: PodOptions = LOGS, right = GET) =>
  base().pod('a/web', options).role('a/r', right).roleBinding('a/rb', 'Role/r', sa('a/default'));

describe('log-symlink', () => {
  it.each<[string, ClusterFixture, string[]]>([
    ['the folder of logs and the right to read logs', reader(), MAYBE],
    ['the whole disk', reader(on('/')), MAYBE],
    ['a folder above', reader(on('/var')), MAYBE],
    ['the logs of pods', reader(on('/var/log/pods')), MAYBE],
    ['any verb and resource', reader(LOGS, rule('*', '*', '*')), MAYBE],
    ['any resource with logs', reader(LOGS, rule('get', '', '*/log')), MAYBE],
    ['by name, of itself', reader(LOGS, rule('get', '', 'pods/log', 'web')), MAYBE],
    ['by name, of another pod on the node', reader(LOGS, rule('get', '', 'pods/log', 'db')).pod('a/db'), MAYBE],
    [
      'the right in another namespace, of which a pod is on the node',
      base()
        .serviceAccount('b/x')
        .pod('a/web', LOGS)
        .pod('b/db', { serviceAccount: 'x' })
        .role('b/r', GET)
        .roleBinding('b/rb', 'Role/r', sa('a/default')),
      MAYBE,
    ],
    [
      'the right of a group that the account is in',
      base().pod('a/web', LOGS).clusterRole('r', GET).clusterRoleBinding('rb', 'ClusterRole/r', group('system:authenticated')),
      MAYBE,
    ],
    ['a pod that no node has taken', reader({ ...LOGS, node: '', phase: 'Pending' }), ['pod:a/web → all-nodes:* (conditional)']],
  ])('finds %s', (_name, world, edges) => {
    expect(edgesOf(world.inventory(), 'log-symlink')).toEqual(edges);
  });

  it.each<[string, ClusterFixture]>([
    ['the folder without the right', base().pod('a/web', LOGS)],
    ['the right without the folder', reader({})],
    ['read-only', reader(on('/var/log', { readOnly: true }))],
    ['another folder of logs', reader(on('/var/log/audit'))],
    ['`pods/*`, which is no wildcard', reader(LOGS, rule('get', '', 'pods/*'))],
    ['pods without their logs', reader(LOGS, rule('get,list,watch', '', 'pods'))],
    ['logs in another API group', reader(LOGS, rule('get', 'apps', 'pods/log'))],
    ['another verb', reader(LOGS, rule('list,create', '', 'pods/log'))],
    [
      'the clause split over two rules',
      base()
        .pod('a/web', LOGS)
        .role('a/r', rule('get', '', 'pods'), rule('list', '', 'pods/log'))
        .roleBinding('a/rb', 'Role/r', sa('a/default')),
    ],
    ['by name, of a pod that is not there', reader(LOGS, rule('get', '', 'pods/log', 'ghost'))],
    ['by name, of a pod on another node', reader(LOGS, rule('get', '', 'pods/log', 'db')).pod('a/db', { node: 'n2' })],
    ['by name, of a pod that has ended', reader(LOGS, rule('get', '', 'pods/log', 'db')).pod('a/db', { phase: 'Succeeded' })],
    [
      'the right in a namespace whose pod on the node has ended',
      base()
        .serviceAccount('b/x')
        .pod('a/web', LOGS)
        .pod('b/db', { serviceAccount: 'x', phase: 'Succeeded' })
        .role('b/r', GET)
        .roleBinding('b/rb', 'Role/r', sa('a/default')),
    ],
    [
      'the right in a namespace that has no pod on the node',
      base()
        .serviceAccount('b/x')
        .pod('a/web', LOGS)
        .pod('b/db', { serviceAccount: 'x', node: 'n2' })
        .role('b/r', GET)
        .roleBinding('b/rb', 'Role/r', sa('a/default')),
    ],
    [
      'the right of another account',
      base().serviceAccount('a/other').pod('a/web', LOGS).role('a/r', GET).roleBinding('a/rb', 'Role/r', sa('a/other')),
    ],
    ['a binding whose role does not exist', base().pod('a/web', LOGS).roleBinding('a/rb', 'Role/r', sa('a/default'))],
    ['a pod that holds no token', reader({ ...LOGS, token: false })],
    ['a pod of Windows', reader({ ...LOGS, spec: { os: { name: 'windows' } } })],
    [
      'a node of Windows',
      nodeWith({ operatingSystem: 'windows' }).pod('a/web', LOGS).role('a/r', GET).roleBinding('a/rb', 'Role/r', sa('a/default')),
    ],
    ['a pod that ended', reader({ ...LOGS, phase: 'Failed' })],
  ])('stays silent: %s', (_name, world) => {
    expect(edgesOf(world.inventory(), 'log-symlink')).toEqual([]);
  });

  it('points at both halves, each of which closes it', () => {
    const world = reader().inventory();
    expect(evidenceOf(world, 'log-symlink')).toEqual([
      'Pod a/web /spec/volumes/0/hostPath',
      'RoleBinding a/rb /subjects/0',
      'Role a/r /rules/0',
    ]);
    expect(changesOfEdges(world, 'log-symlink')).toEqual([
      'pod:a/web → node:n1: hostPath: template of pod:a/web, RoleBinding/a/rb/subjects/0',
    ]);
  });
});
