import type { Inventory } from '../../../../inventory/inventory.ts';
import type { CloudLink } from '../../link.ts';
import { diagnoseIn } from '../diagnose.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { diagnosisWorld } from '../world.ts';

/** What is found of one service account in a world of its own. */
export function diagnose(inventory: Inventory, links: readonly CloudLink[], serviceAccount: string): Diagnosis {
  return diagnoseIn(diagnosisWorld(inventory, links), serviceAccount);
}
