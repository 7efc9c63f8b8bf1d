import { diagnoseIn } from '../../access/cloud/diagnosis/diagnose.ts';
import { diagnosisWorld } from '../../access/cloud/diagnosis/world.ts';
import { cloudLinks } from '../../access/cloud/links.ts';
import { BadUse } from '../bad-use.ts';
import type { Output } from '../print.ts';
import { readWorld, type WorldOptions } from '../world.ts';

/**
 * `diagnose [NAMESPACE/NAME…]`: one JSON line for each service account, of those that are named or of all that something links to a cloud
 * identity: whether its identities work, and every step of every way to them.
 */
export async function diagnoseCommand(names: readonly string[], options: WorldOptions, out: Output): Promise<void> {
  const inventory = await readWorld(options);
  const world = diagnosisWorld(inventory, cloudLinks(inventory));
  for (const name of names)
    if (!world.accounts.has(name) && !world.links.has(name))
      throw new BadUse(`no service account \`${name}\` here; name one as \`NAMESPACE/NAME\``);
  for (const name of names.length > 0 ? names : [...world.links.keys()].sort()) {
    const diagnosis = diagnoseIn(world, name);
    if (names.length > 0 || diagnosis.state !== 'none') await out.line(diagnosis);
  }
}
