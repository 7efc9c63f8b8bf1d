import type { Inventory } from '../../../inventory/inventory.ts';
import { readSnapshot, type SnapshotOptions } from '../read.ts';

/** Reads a snapshot, and leaves out the gaps of the lists that it does not hold: for tests of a few files, which are never a whole cluster. */
export async function readFilesAlone(path: string, options: SnapshotOptions = {}): Promise<Inventory> {
  const inventory = await readSnapshot(path, options);
  return { ...inventory, gaps: inventory.gaps.filter(({ resources, file }) => resources === undefined || file !== undefined) };
}
