import { describe, expect, it } from 'vitest';
import { gcpLinkGaps } from './gaps.ts';
import { bind, bindWhen, type GoogleFixture, google, gsa, gsaMember } from './testing/google.ts';

const TIMED = bindWhen('request.time < timestamp("2100-01-01T00:00:00Z")', 'roles/viewer', gsaMember('a'));

describe('gcpLinkGaps', () => {
  it.each<[string, GoogleFixture, string[]]>([
    ['a role of Google that nobody read', google().project(bind('roles/odd.role', gsaMember('a'))), ['permissions of roles/odd.role']],
    [
      'one that was read',
      google()
        .project(bind('roles/odd.role', gsaMember('a')))
        .gcpRole('roles/odd.role', 'a.b.c'),
      [],
    ],
    ['one that is well known', google().project(bind('roles/owner', gsaMember('a'))), []],
    ['one that only people have', google().project(bind('roles/odd.role', 'user:a@b.c')), []],
    ['an annotation in a cluster that nobody named', google().at({}).ksa('shop/api', gsa('a')), ['which GKE cluster this is']],
    ['an annotation in a cluster elsewhere', google().at({ issuer: 'https://oidc.example.com' }).ksa('shop/api', gsa('a')), []],
    ['no annotation', google().at({}).ksa('shop/api'), []],
    ['a time without a clock', google().timeless().project(TIMED), ['the time that conditions are judged at']],
    ['a time with one', google().project(TIMED), []],
  ])('%s', (_name, world, expected) => {
    expect(gcpLinkGaps(world.inventory()).map(({ what }) => what)).toEqual(expected);
  });
});
