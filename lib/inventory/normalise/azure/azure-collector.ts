import { type AzureInventory, EMPTY_AZURE } from '../../azure.ts';
import type { CloudCollector } from '../cloud-collector.ts';

export function createAzureCollector(): CloudCollector<AzureInventory> {
  return { add: () => false, finish: () => ({ part: EMPTY_AZURE, gaps: [] }) };
}
