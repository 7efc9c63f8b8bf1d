import { describe, expect, it } from 'vitest';
import { bind, type GoogleFixture, google, gsa, gsaMember, short } from '../../access/gcp/testing/google.ts';
import { rule, user } from '../../inventory/testing/cluster.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const ID = 'gke-access';
const edges = (fixture: GoogleFixture): string[] =>
  edgesOf(fixture.inventory(), ID).map((line) => line.replaceAll('@acme.iam.gserviceaccount.com', ''));
/** A cluster with a pod, a secret and a service account, and one role on its project. */
const world = (role: string, ...members: string[]): GoogleFixture =>
  google()
    .gke()
    .project(bind(role, ...members))
    .ksa('shop/api')
    .secret('shop/db')
    .pod('shop/one', { serviceAccount: 'api' });
const API = gsaMember('api');
const INSIDE = ['gsa:api → all-pods:*', 'gsa:api → all-secrets:*', 'gsa:api → all-service-accounts:*'];
const custom = (...permissions: string[]): GoogleFixture =>
  world('projects/acme/roles/x', API).gcpRole('projects/acme/roles/x', ...permissions);

describe('gke-access', () => {
  it.each<[string, GoogleFixture, string[]]>([
    [
      'container.admin is cluster admin',
      world('roles/container.admin', API),
      [...INSIDE.slice(0, 3), 'gsa:api → cluster-admin:cluster'].sort(),
    ],
    ['container.developer has all but RBAC', world('roles/container.developer', API), INSIDE],
    [
      'container.clusterAdmin may let everybody in',
      world('roles/container.clusterAdmin', API),
      ['gsa:api → cluster-admin:cluster (conditional)'],
    ],
    ['container.clusterViewer sees the cluster alone', world('roles/container.clusterViewer', API), []],
    ['container.viewer reads no secrets', world('roles/container.viewer', API), []],
    ['editor', world('roles/editor', API), [...INSIDE, 'gsa:api → cluster-admin:cluster (conditional)'].sort()],
    ['a custom role by what it holds', custom('container.secrets.list'), ['gsa:api → all-secrets:*']],
    ['exec', custom('container.pods.exec'), ['gsa:api → all-pods:*']],
    ['tokens', custom('container.serviceAccounts.createToken'), ['gsa:api → all-service-accounts:*']],
    ['making pods', custom('container.pods.create'), ['gsa:api → all-secrets:*', 'gsa:api → all-service-accounts:*']],
    ['binding without the right to bind', custom('container.clusterRoleBindings.create'), []],
    [
      'a service account of another cluster of the pool',
      world('roles/container.developer', short('ci/bot')).ksa('ci/bot'),
      INSIDE.map((line) => line.replace('gsa:api', 'sa:ci/bot')),
    ],
    ['people', world('roles/container.admin', 'user:a@b.c', 'group:x@y.z'), []],
    [
      'an administrator of the project',
      world('roles/resourcemanager.projectIamAdmin', API),
      ['gcp-admin:projects/acme → cluster-admin:cluster'],
    ],
    ['a cluster elsewhere', world('roles/container.admin', API).at({ issuer: 'https://oidc.example.com' }), []],
    [
      'a user of RBAC by its email',
      google()
        .gke()
        .project()
        .account('api')
        .clusterRole('x', rule('get', '', 'secrets'))
        .clusterRoleBinding('b', 'ClusterRole/x', user(gsa('api'))),
      ['gsa:api → user:api'],
    ],
  ])('%s', (_name, fixture, expected) => {
    expect(edges(fixture)).toEqual(expected);
  });

  it('points at the binding, and one change closes it', () => {
    const inventory = custom('container.pods.exec').inventory();
    expect(evidenceOf(inventory, ID)).toEqual(['GcpPolicy projects/acme /bindings/0/members/0']);
    expect(changesOfEdges(inventory, ID)).toEqual([`gsa:${gsa('api')} → all-pods:*: GcpPolicy/projects/acme/projects/acme/roles/x/${API}`]);
  });
});
