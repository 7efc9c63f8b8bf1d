import { EMPTY_GCP, type GcpInventory } from '../../gcp.ts';
import type { CloudCollector } from '../cloud-collector.ts';

export function createGcpCollector(): CloudCollector<GcpInventory> {
  return { add: () => false, finish: () => ({ part: EMPTY_GCP, gaps: [] }) };
}
