import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createInventoryBuilder } from '../../inventory/builder.ts';
import { readSnapshot, readSnapshotInto } from '../snapshot/read.ts';
import { graphText } from '../testing/graph-text.ts';
import { TESTDATA, TOKENS } from './testing/azure-server.ts';
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
    expect(files.azure.identities.length).toBeGreaterThan(10);
  });

  test('gives the same graph', async () => {
    const files = graphText(await readSnapshot(TESTDATA, JUDGED));
    expect(graphText(live.inventory)).toEqual(files);
    expect(files.filter((line) => /^edge sa:.* azure-identity:/.test(line)).length).toBeGreaterThan(5);
  });

  test('has no gap that files have not', async () => {
    const files = new Set((await readSnapshot(TESTDATA, JUDGED)).gaps.map(({ what, why }) => `${what}: ${why}`));
    expect(live.inventory.gaps.map(({ what, why }) => `${what}: ${why}`).filter((gap) => !files.has(gap))).toEqual([]);
  });

  test('asks for each thing once, by GET alone', () => {
    expect(new Set(live.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    const addresses = live.requests.map(({ url }) => url.href);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.length).toBeGreaterThan(20);
  });

  test('keeps the tokens to itself', () => {
    for (const token of Object.values(TOKENS)) expect(live.everything).not.toContain(token);
  });
});
