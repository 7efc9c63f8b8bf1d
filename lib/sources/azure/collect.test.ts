import { describe, expect, test } from 'vitest';
import { besideFiles } from '../testing/beside-files.ts';
import { TESTDATA, TOKENS } from './testing/azure-server.ts';
import { tryCollect } from './testing/try-collect.ts';

describe('a live collection beside the files of its cluster', () => {
  const { live, ownGaps } = besideFiles({
    folder: TESTDATA,
    collect: (builder) => tryCollect({}, { builder }),
    identities: [({ azure }) => azure.identities.length, 10],
    edges: /^edge sa:.* azure-identity:/,
  });

  test('has no gap that files have not', async () => {
    expect((await ownGaps()).map(({ what, why }) => `${what}: ${why}`)).toEqual([]);
  });

  test('asks for each thing once, by GET alone', () => {
    expect(new Set(live().requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    const addresses = live().requests.map(({ url }) => url.href);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.length).toBeGreaterThan(20);
  });

  test('keeps the tokens to itself', () => {
    for (const token of Object.values(TOKENS)) expect(live().everything).not.toContain(token);
  });
});
