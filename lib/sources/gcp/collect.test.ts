import { describe, expect, test } from 'vitest';
import { besideFiles } from '../testing/beside-files.ts';
import { TESTDATA, TOKEN } from './testing/google-server.ts';
import { tryCollect } from './testing/try-collect.ts';

describe('a live collection beside the files of its cluster', () => {
  const { live, ownGaps } = besideFiles({
    folder: TESTDATA,
    collect: (builder) => tryCollect({}, { builder }),
    identities: [({ gcp }) => gcp.serviceAccounts.length, 20],
    edges: /^edge sa:.* gsa:/,
  });

  test('has gaps for the roles that were not recorded, and for nothing else that files have not', async () => {
    const more = await ownGaps();
    expect(more.map(({ what, why, permission }) => ({ what, why, permission }))).toEqual([
      { what: 'permissions of predefined roles', why: 'Google Cloud knows no such thing (404)', permission: undefined },
    ]);
    expect(more[0]?.where).toContain('`roles/browser`');
  });

  test('asks for each thing once, and for no value of a secret, no key and no object', () => {
    const paths = live().requests.map(({ url }) => url.pathname);
    expect(paths.filter((one) => /:access|\/versions|\/keys|\/o(\/|$)/.test(one))).toEqual([]);
    const addresses = live().requests.map(({ url }) => url.href);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.length).toBeGreaterThan(50);
  });

  test('keeps the token to itself', () => expect(live().everything).not.toContain(TOKEN));
});
