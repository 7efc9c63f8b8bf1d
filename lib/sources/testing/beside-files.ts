import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createInventoryBuilder, type InventoryBuilder } from '../../inventory/builder.ts';
import type { Gap } from '../../inventory/gap.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { readSnapshot, readSnapshotInto } from '../snapshot/read.ts';
import { graphText } from './graph-text.ts';
import { JUDGED, type Tried } from './try-account.ts';

interface BesideFiles {
  /** A snapshot with the cluster's objects in `kubernetes` and the account's answers beside them. */
  readonly folder: string;
  readonly collect: (builder: InventoryBuilder) => Promise<Tried>;
  /** How many identities of the account an inventory holds, and more than how many there have to be. */
  readonly identities: readonly [count: (inventory: Inventory) => number, moreThan: number];
  /** Edges of which there have to be more than five. */
  readonly edges: RegExp;
}

/** Tests that a live collection into the objects of a snapshot gives what the snapshot's own files give; for further tests, what came of it. */
export function besideFiles({ folder, collect, identities: [count, moreThan], edges }: BesideFiles) {
  let live: Tried;
  beforeAll(async () => {
    const builder = createInventoryBuilder();
    await readSnapshotInto(builder, path.join(folder, 'kubernetes'));
    live = await collect(builder);
  });

  test('gives the inventory that the same answers give as files', async () => {
    const snapshot = await readSnapshot(folder, JUDGED);
    const { gaps: _gaps, ...files } = snapshot;
    const { gaps: _live, ...collected } = live.inventory;
    expect(live.error).toBeUndefined();
    expect(collected).toEqual(files);
    expect(count(snapshot)).toBeGreaterThan(moreThan);
  });

  test('gives the same graph', async () => {
    const files = graphText(await readSnapshot(folder, JUDGED));
    expect(graphText(live.inventory)).toEqual(files);
    expect(files.filter((line) => edges.test(line)).length).toBeGreaterThan(5);
  });

  return {
    live: (): Tried => live,
    /** Gaps that the files have not. */
    ownGaps: async (): Promise<readonly Gap[]> => {
      const files = new Set((await readSnapshot(folder, JUDGED)).gaps.map(({ what, why }) => `${what}: ${why}`));
      return live.inventory.gaps.filter(({ what, why }) => !files.has(`${what}: ${why}`));
    },
  };
}
