import { expect } from 'vitest';
import { createInventoryBuilder } from '../builder.ts';
import type { Inventory, KubernetesInventory } from '../inventory.ts';

/** The inventory of a snapshot that holds these objects and nothing else. */
export function built(...objects: readonly unknown[]): Inventory {
  const builder = createInventoryBuilder();
  for (const object of objects) builder.addObject(object, { source: 'snapshot', file: 'x.json', pointer: '/items/0' });
  return builder.finish();
}

/** The record that an object is kept as; reading it must leave no gap. */
export function first<Key extends keyof KubernetesInventory>(key: Key, object: unknown): unknown {
  const { gaps, kubernetes } = built(object);
  expect(gaps).toEqual([]);
  return kubernetes[key]?.[0];
}
