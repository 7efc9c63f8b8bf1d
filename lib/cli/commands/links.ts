import { cloudLinks } from '../../access/cloud/links.ts';
import type { Output } from '../print.ts';
import { readWorld, type WorldOptions } from '../world.ts';

/** `links`: one JSON line for every service account and cloud identity that something connects. */
export async function linksCommand(options: WorldOptions, out: Output): Promise<void> {
  for (const { serviceAccount, provider, identity, method, audience, state, code, reason, dependsOn } of cloudLinks(
    await readWorld(options),
  )) {
    await out.line({
      serviceAccount,
      provider,
      identity,
      method,
      audience,
      state,
      code,
      reason,
      ...(dependsOn === undefined ? {} : { dependsOn }),
    });
  }
}
