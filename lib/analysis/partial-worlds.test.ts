import { describe, expect, test } from 'vitest';
import { type ClusterFixture, cluster, rule, sa } from '../inventory/testing/cluster.ts';
import type { FindingId } from './findings/index.ts';
import { found } from './testing/finding-rows.ts';

const TOKEN = {
  type: 'kubernetes.io/service-account-token',
  metadata: { annotations: { 'kubernetes.io/service-account.name': 'bot' } },
};
const PRIVILEGED = { container: { securityContext: { privileged: true } } };
const holder = (resource: string) =>
  cluster()
    .serviceAccount('a/bot')
    .clusterRole('r', rule('get,create', '', resource))
    .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot'));

const said = (id: FindingId, world: ClusterFixture): string =>
  (found(world.inventory(), id)?.rows ?? []).map(({ severity, whyHere }) => `${severity}: ${whyHere}`).join('\n');

describe('what was not read is not said to be missing', () => {
  test.each<[string, FindingId, ClusterFixture, says: string, isSilentOn: string]>([
    ['pods, of an account', 'secrets-readable-cluster-wide', holder('secrets'), 'high: ', 'no pod'],
    ['pods, of an account with risky rights', 'risky-rules', holder('serviceaccounts/token'), 'was not read', 'no pod'],
    ['pods, of a token', 'legacy-token-secret', cluster().serviceAccount('a/bot').secret('a/t', TOKEN), 'was not read', 'no pod'],
    ['pods, of a key', 'static-cloud-key', cluster().secret('a/s', { data: { AWS_SECRET_ACCESS_KEY: 'eA==' } }), 'was not read', 'no pod'],
    ['pods, of those that can be entered', 'exec-everywhere', holder('pods/exec'), 'any pod', 'any of 0'],
    ['secrets, of those who read them', 'secrets-readable-cluster-wide', holder('secrets'), 'every secret', 'all 0'],
    ['nodes', 'nodes-proxy', holder('nodes/proxy'), 'any node', 'any of 0'],
    ['secrets, of an account', 'unused-account', holder('secrets').pod('a/other').unread('secrets'), 'not all read', 'no secret holds'],
    [
      'controllers, of an account',
      'unused-account',
      holder('secrets').pod('a/other').unread('cronjobs'),
      'no template that was read (cronjobs were not)',
      'no pod and no template names',
    ],
    ['namespaces, of a pod', 'pod-security', cluster().node('n1').pod('a/one', PRIVILEGED), 'was not read', 'enforces nothing'],
    [
      'namespaces, of an account that is not there',
      'dangling-subject',
      cluster()
        .serviceAccount('a/other')
        .clusterRole('r', rule('get', '', 'pods'))
        .clusterRoleBinding('b', 'ClusterRole/r', sa('a/bot')),
      'does not exist',
      'neither',
    ],
  ])('%s: %s', (_, id, world, says, isSilentOn) => {
    expect(said(id, world)).toContain(says);
    expect(said(id, world)).not.toContain(isSilentOn);
  });

  test('what was read is', () => {
    const world = holder('secrets,pods/exec,nodes/proxy').pod('a/other').node('n1').secret('a/s');
    expect(said('secrets-readable-cluster-wide', world)).toMatch(/^medium: .*all 1 secrets.*no pod runs as it/);
    expect(said('exec-everywhere', world)).toContain('any of 1 pods');
    expect(said('nodes-proxy', world)).toContain('any of 1 nodes');
    expect(said('unused-account', world)).toContain('no secret holds');
    expect(said('pod-security', cluster().node('n1').namespace('a').pod('a/one', PRIVILEGED))).toContain('enforces nothing');
  });
});
