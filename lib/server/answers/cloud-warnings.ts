import { azureWarnings } from '../../access/azure/warnings.ts';
import { gcpWarnings } from '../../access/gcp/warnings.ts';
import type { CloudWarning } from '../../api/identities-contract.ts';
import type { Dataset } from '../dataset.ts';

/** More warnings than this nobody reads; those that are about whole clusters come first. */
const MOST = 500;

const made = new WeakMap<Dataset, readonly CloudWarning[]>();

/** Warnings about how the clouds are set up: who shares whose identities, grants that are wider than they look. Worked out once. */
export function cloudWarnings(data: Dataset): readonly CloudWarning[] {
  let warnings = made.get(data);
  if (warnings === undefined) {
    const { inventory } = data;
    const google = gcpWarnings(inventory).map(({ code, says, evidence }) => ({ provider: 'gcp' as const, code, says, evidence }));
    warnings = [...google, ...azureWarnings(inventory)].slice(0, MOST);
    made.set(data, warnings);
  }
  return warnings;
}
