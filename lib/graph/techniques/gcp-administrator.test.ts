import { describe, expect, it } from 'vitest';
import { bind, bindWhen, type GoogleFixture, google, gsa, gsaMember, short } from '../../access/gcp/testing/google.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const ID = 'gcp-administrator';
const API = `gsa:${gsa('api')}`;
const edges = (fixture: GoogleFixture): string[] => edgesOf(fixture.inventory(), ID);
const project = (role: string, ...members: string[]): GoogleFixture =>
  google()
    .gke()
    .project(bind(role, ...members));

describe('gcp-administrator', () => {
  it.each<[string, GoogleFixture, string[]]>([
    ['an owner', project('roles/owner', gsaMember('api')), [`${API} → gcp-admin:projects/acme`]],
    [
      'by what a custom role holds',
      project('projects/acme/roles/x', gsaMember('api')).gcpRole('projects/acme/roles/x', 'resourcemanager.projects.setIamPolicy'),
      [`${API} → gcp-admin:projects/acme`],
    ],
    [
      'a role of that name may hold less',
      project('projects/acme/roles/owner', gsaMember('api')).gcpRole('projects/acme/roles/owner', 'storage.objects.get'),
      [],
    ],
    ['a service account of the cluster', project('roles/owner', short('ci/bot')).ksa('ci/bot'), ['sa:ci/bot → gcp-admin:projects/acme']],
    ['an editor is none', project('roles/editor', gsaMember('api')), []],
    [
      'a custom role that nobody read may be',
      project('projects/acme/roles/x', gsaMember('api')),
      [`${API} → gcp-admin:projects/acme (conditional)`],
    ],
    ["an unread role of Google's is told by a gap", project('roles/odd.role', gsaMember('api')), []],
    ['people are no matter', project('roles/owner', 'user:a@b.c', 'group:x@y.z'), []],
    ['on a condition that fails', google().project(bindWhen('false', 'roles/owner', gsaMember('api'))), []],
    [
      'a disabled account',
      google()
        .accountWith('api', { disabled: true })
        .project(bind('roles/owner', gsaMember('api'))),
      [],
    ],
    [
      'denied',
      project('roles/owner', gsaMember('api')).deny({
        deniedPrincipals: ['principalSet://goog/public:all'],
        deniedPermissions: ['cloudresourcemanager.googleapis.com/projects.setIamPolicy'],
      }),
      [],
    ],
    [
      'of a folder, and so of what lies in it',
      google()
        .answer('cloudresourcemanager.v3.projects.get/again', {
          name: 'projects/1111',
          projectId: 'acme',
          state: 'ACTIVE',
          parent: 'folders/7',
        })
        .answer('gcloud-resource-manager-folders-get-iam-policy/7', {
          etag: 'A',
          bindings: [bind('projects/acme/roles/x', gsaMember('api'))],
        })
        .gcpRole('projects/acme/roles/x', 'resourcemanager.folders.setIamPolicy'),
      ['gcp-admin:folders/7 → gcp-admin:projects/acme', `${API} → gcp-admin:folders/7`],
    ],
  ])('%s', (_name, fixture, expected) => {
    expect(edges(fixture)).toEqual(expected);
  });

  it('points at the binding', () => {
    const inventory = project('roles/owner', 'user:a@b.c', gsaMember('api')).inventory();
    expect(evidenceOf(inventory, ID)).toEqual(['GcpPolicy projects/acme /bindings/0/members/1']);
    expect(changesOfEdges(inventory, ID)).toEqual([
      `${API} → gcp-admin:projects/acme: GcpPolicy/projects/acme/roles/owner/${gsaMember('api')}`,
    ]);
  });
});
