import { describe, expect, it, test } from 'vitest';
import { DEPUTIES } from './deputies.ts';
import { DEPUTY_GAINS } from './deputy.ts';

const DNS_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

describe.each(DEPUTIES.map((deputy) => [deputy.id, deputy] as const))('%s', (_id, deputy) => {
  it('names a group of the API that is no core one, and plural resources', () => {
    expect(deputy.group).toMatch(DNS_NAME);
    expect(deputy.group).toContain('.');
    expect(deputy.resources.length).toBeGreaterThan(0);
    for (const resource of [...deputy.resources, ...(deputy.watches ?? [])]) expect(resource).toMatch(/^[a-z]{3,63}$/);
  });

  it('says what it gives, what it hangs on, and where that is written', () => {
    expect(DEPUTY_GAINS).toContain(deputy.gain);
    expect(deputy.does).toMatch(/^[a-z].{15,}[^.]$/);
    if (deputy.hangsOn !== undefined) expect(deputy.hangsOn).toMatch(/^\S.{10,}[^.;]$/);
    expect(deputy.product).toMatch(/^\S.+\S$/);
    const { protocol, pathname, username, hostname } = new URL(deputy.source);
    expect([protocol, username]).toEqual(['https:', '']);
    expect(hostname).toMatch(DNS_NAME);
    expect(pathname).not.toBe('');
  });

  it('tells how its controller is known, and acts as somebody where it acts as its controller', () => {
    for (const account of deputy.accounts) expect(account).toMatch(LABEL);
    expect(new Set(deputy.accounts).size).toBe(deputy.accounts.length);
    if (deputy.gain === 'acts-as-controller') expect(deputy.accounts.length).toBeGreaterThan(0);
    if (deputy.inControlPlane === true) expect(deputy.accounts).toEqual([]);
    // By its name alone only where the account's own rights say nothing of the resource.
    if (deputy.watches?.length === 0) expect(deputy.accounts.length).toBeGreaterThan(0);
    if (deputy.readsOwnNamespace === true) expect(deputy.gain).toBe('reads-secrets');
  });
});

test('no two entries have one id, or say the same of one resource', () => {
  const ids = DEPUTIES.map(({ id }) => id);
  expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
  const claims = DEPUTIES.flatMap(({ group, resources, gain }) => resources.map((resource) => `${resource}.${group} ${gain}`));
  expect(claims.filter((claim, place) => claims.indexOf(claim) !== place)).toEqual([]);
});

test('every gain is held by some entry', () => {
  expect(new Set(DEPUTIES.map(({ gain }) => gain))).toEqual(new Set(DEPUTY_GAINS));
});

test('a group is either all of namespaces or says so of each resource the same way', () => {
  const scopes = new Map<string, boolean>();
  for (const { group, resources, clusterScoped = false } of DEPUTIES) {
    for (const resource of resources) {
      const key = `${resource}.${group}`;
      expect(scopes.get(key) ?? clusterScoped, key).toBe(clusterScoped);
      scopes.set(key, clusterScoped);
    }
  }
});
