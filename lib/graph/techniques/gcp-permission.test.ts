import { describe, expect, it } from 'vitest';
import { bind, bindWhen, type GoogleFixture, google, gsa, gsaMember } from '../../access/gcp/testing/google.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const ID = 'gcp-permission';
const ROLE = 'roles/storage.objectViewer';
const edges = (fixture: GoogleFixture): string[] => edgesOf(fixture.inventory(), ID);

describe('gcp-permission', () => {
  it.each<[string, GoogleFixture, string[]]>([
    [
      'on the project',
      google()
        .account('api')
        .project(bind(ROLE, gsaMember('api'))),
      [`gsa:${gsa('api')} → gcp-grant:projects/acme#0`],
    ],
    ['of an account that was not read', google().project(bind(ROLE, gsaMember('far'))), [`gsa:${gsa('far')} → gcp-grant:projects/acme#0`]],
    [
      'on a secret',
      google()
        .account('api')
        .project()
        .answer('gcloud-secrets-get-iam-policy/acme/db', { etag: 'A', bindings: [bind(ROLE, 'user:a@b.c'), bind(ROLE, gsaMember('api'))] }),
      [`gsa:${gsa('api')} → gcp-grant:projects/acme/secrets/db#1`],
    ],
    [
      'on a condition of the resource',
      google().project(bindWhen("resource.name == 'x'", ROLE, gsaMember('api'))),
      [`gsa:${gsa('api')} → gcp-grant:projects/acme#0 (conditional)`],
    ],
    ['on one that is past', google().project(bindWhen('request.time < timestamp("2020-01-01T00:00:00Z")', ROLE, gsaMember('api'))), []],
    [
      'of a disabled account',
      google()
        .accountWith('api', { disabled: true })
        .project(bind(ROLE, gsaMember('api'))),
      [],
    ],
    [
      'on an account it is no grant',
      google()
        .project()
        .account('api', bind('roles/iam.serviceAccountUser', gsaMember('x'))),
      [],
    ],
    [
      'by a custom role, but not by one that is disabled or deleted',
      google()
        .answer('iam.v1.projects.roles.get/on', { name: 'projects/acme/roles/on', title: 'x', stage: 'GA' })
        .answer('iam.v1.projects.roles.get/off', { name: 'projects/acme/roles/off', title: 'x', stage: 'DISABLED' })
        .answer('iam.v1.projects.roles.get/gone', { name: 'projects/acme/roles/gone', title: 'x', deleted: true })
        .project(...['off', 'gone', 'on'].map((role) => bind(`projects/acme/roles/${role}`, gsaMember('api')))),
      [`gsa:${gsa('api')} → gcp-grant:projects/acme#2`],
    ],
    ['of people', google().project(bind(ROLE, 'user:a@b.c', 'allUsers')), []],
    ['of the deleted', google().project(bind(ROLE, `deleted:${gsaMember('api')}?uid=1`)), []],
  ])('%s', (_name, fixture, expected) => {
    expect(edges(fixture)).toEqual(expected);
  });

  it('shares the grant among its members, each with its own change', () => {
    const inventory = google()
      .project(bind(ROLE, gsaMember('a'), gsaMember('b')))
      .inventory();
    expect(changesOfEdges(inventory, ID)).toEqual([
      `gsa:${gsa('a')} → gcp-grant:projects/acme#0: GcpPolicy/projects/acme/${ROLE}/${gsaMember('a')}`,
      `gsa:${gsa('b')} → gcp-grant:projects/acme#0: GcpPolicy/projects/acme/${ROLE}/${gsaMember('b')}`,
    ]);
    expect(evidenceOf(inventory, ID)).toEqual([
      'GcpPolicy projects/acme /bindings/0/members/0',
      'GcpPolicy projects/acme /bindings/0/members/1',
    ]);
  });
});
