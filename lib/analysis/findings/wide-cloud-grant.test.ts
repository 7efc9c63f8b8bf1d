import { describe, expect, test } from 'vitest';
import { bind, google, gsaMember, LINK, short } from '../../access/gcp/testing/google.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { rowsOf } from '../testing/finding-rows.ts';

const WI = 'roles/iam.workloadIdentityUser';
const second = { name: 'second', selfLink: LINK.replace('/main', '/second'), workloadIdentityConfig: { workloadPool: 'acme.svc.id.goog' } };

describe('wide-cloud-grant', () => {
  test.each<[string, () => Inventory, string[]]>([
    [
      'workload identity for all accounts of a project',
      () =>
        google()
          .project(bind(WI, short('ci/bot')))
          .inventory(),
      ['high GcpPolicy projects/acme'],
    ],
    [
      'the same grant twice, as one place',
      () =>
        google()
          .project(bind(WI, short('ci/bot')), bind(WI, short('ci/bot')))
          .inventory(),
      ['high GcpPolicy projects/acme'],
    ],
    [
      'tokens of all accounts',
      () =>
        google()
          .project(bind('roles/iam.serviceAccountTokenCreator', gsaMember('x')))
          .inventory(),
      ['high GcpPolicy projects/acme'],
    ],
    [
      'clusters that share a pool',
      () => google().gke().answer('container.v1.projects.locations.clusters.get/x', second).inventory(),
      ['low GkeCluster acme.svc.id.goog'],
    ],
  ])('finds %s', (_, world, rows) => {
    expect(rowsOf(world(), 'wide-cloud-grant')).toEqual(rows);
  });

  test.each<[string, () => Inventory]>([
    [
      'one account',
      () =>
        google()
          .account('api', bind(WI, short('ci/bot')))
          .inventory(),
    ],
    [
      'reading a project',
      () =>
        google()
          .project(bind('roles/viewer', gsaMember('x')))
          .inventory(),
    ],
    ['one cluster', () => google().gke().inventory()],
  ])('stays silent on %s', (_, world) => {
    expect(rowsOf(world(), 'wide-cloud-grant')).toEqual([]);
  });

  test('everybody on the internet is open trust', () => {
    const world = google().project(bind('roles/viewer', 'allUsers')).inventory();
    expect(rowsOf(world, 'open-trust')).toEqual(['high GcpPolicy projects/acme']);
  });
});
