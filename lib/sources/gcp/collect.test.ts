import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createInventoryBuilder } from '../../inventory/builder.ts';
import { readSnapshot, readSnapshotInto } from '../snapshot/read.ts';
import { graphText } from '../testing/graph-text.ts';
import { TESTDATA, TOKEN } from './testing/google-server.ts';
import { JUDGED, type Tried, tryCollect } from './testing/try-collect.ts';

describe('a live collection beside the files of its cluster', () => {
  let live: Tried;
  beforeAll(async () => {
    const builder = createInventoryBuilder();
    await readSnapshotInto(builder, path.join(TESTDATA, 'kubernetes'));
    live = await tryCollect({}, { builder });
  });

  test('gives the inventory that the same answers give as files', async () => {
    const { gaps: _gaps, ...files } = await readSnapshot(TESTDATA, JUDGED);
    const { gaps: _live, ...collected } = live.inventory;
    expect(live.error).toBeUndefined();
    expect(collected).toEqual(files);
    expect(files.gcp.serviceAccounts.length).toBeGreaterThan(20);
  });

  test('gives the same graph', async () => {
    const files = graphText(await readSnapshot(TESTDATA, JUDGED));
    expect(graphText(live.inventory)).toEqual(files);
    expect(files.filter((line) => /^edge sa:.* gsa:/.test(line)).length).toBeGreaterThan(5);
  });

  test('has gaps for the roles that were not recorded, and for nothing else that files have not', async () => {
    const files = new Set((await readSnapshot(TESTDATA, JUDGED)).gaps.map(({ what, why }) => `${what}: ${why}`));
    const more = live.inventory.gaps.filter(({ what, why }) => !files.has(`${what}: ${why}`));
    expect(more.map(({ what, why, permission }) => ({ what, why, permission }))).toEqual([
      { what: 'permissions of predefined roles', why: 'Google Cloud knows no such thing (404)', permission: undefined },
    ]);
    expect(more[0]?.where).toContain('`roles/browser`');
  });

  test('asks for each thing once, and for no value of a secret, no key and no object', () => {
    const paths = live.requests.map(({ url }) => url.pathname);
    expect(paths.filter((one) => /:access|\/versions|\/keys|\/o(\/|$)/.test(one))).toEqual([]);
    const addresses = live.requests.map(({ url }) => url.href);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.length).toBeGreaterThan(50);
  });

  test('keeps the token to itself', () => expect(live.everything).not.toContain(TOKEN));
});
