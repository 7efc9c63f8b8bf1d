import { describe, expect, it } from 'vitest';
import { bind, bindWhen, type GoogleFixture, google, gsa, nodePool, set, short, subject } from '../../access/gcp/testing/google.ts';
import { changesOfEdges, edgesOf, evidenceOf } from '../testing/edges.ts';

const ID = 'gcp-direct-grant';
const ROLE = 'roles/storage.objectViewer';
const GRANT = 'gcp-grant:projects/acme#0';
const POD = { serviceAccount: 'api' };
const world = (binding: Record<string, unknown>): GoogleFixture => google().gke().project(binding).ksa('shop/api').pod('shop/one', POD);
const edges = (fixture: GoogleFixture): string[] => edgesOf(fixture.inventory(), ID);
const BOTH = [`pod:shop/one → ${GRANT} (wired)`, `sa:shop/api → ${GRANT} (wired)`];

describe('gcp-direct-grant', () => {
  it.each<[string, GoogleFixture, string[]]>([
    ['the principal', world(bind(ROLE, subject('shop/api'))), BOTH],
    ['its short name', world(bind(ROLE, short('shop/api'))), BOTH],
    ['its namespace', world(bind(ROLE, set('namespace/shop'))), BOTH],
    ['its pool', world(bind(ROLE, set('*'))), BOTH],
    [
      'an open condition',
      world(bindWhen("resource.name.startsWith('x')", ROLE, subject('shop/api'))),
      BOTH.map((line) => line.replace('wired', 'conditional')),
    ],
    ['a condition that fails', world(bindWhen('false', ROLE, subject('shop/api'))), []],
    ['another namespace', world(bind(ROLE, set('namespace/shops'))), []],
    ['another pool', world(bind(ROLE, short('shop/api', 'far.svc.id.goog'))), []],
    ['everybody is no edge', world(bind(ROLE, 'allUsers')), []],
    [
      'an annotation shadows it',
      google()
        .gke()
        .project(bind(ROLE, subject('shop/api')))
        .ksa('shop/api', gsa('x'))
        .pod('shop/one', POD),
      [`sa:shop/api → ${GRANT} (possible)`],
    ],
    [
      'a pod that meets the node',
      google()
        .gke([nodePool('old', 'GCE_METADATA')])
        .project(bind(ROLE, subject('shop/api')))
        .ksa('shop/api')
        .pod('shop/one', POD),
      [`sa:shop/api → ${GRANT} (wired)`],
    ],
    [
      'no Workload Identity',
      google()
        .gke(undefined, false)
        .project(bind(ROLE, subject('shop/api')))
        .ksa('shop/api')
        .pod('shop/one', POD),
      [],
    ],
    [
      'on an account it is a link',
      google()
        .gke()
        .project()
        .account('x', bind('roles/iam.workloadIdentityUser', short('shop/api')))
        .ksa('shop/api'),
      [],
    ],
  ])('%s', (_name, fixture, expected) => {
    expect(edges(fixture)).toEqual(expected);
  });

  it('points at the member', () => {
    const inventory = world(bind(ROLE, 'user:a@b.c', subject('shop/api'))).inventory();
    expect(new Set(evidenceOf(inventory, ID))).toEqual(new Set(['GcpPolicy projects/acme /bindings/0/members/1']));
    expect(changesOfEdges(inventory, ID)[0]).toBe(`pod:shop/one → ${GRANT}: GcpPolicy/projects/acme/${ROLE}/${subject('shop/api')}`);
  });
});
