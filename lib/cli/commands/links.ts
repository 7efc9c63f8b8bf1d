import { awsLinks } from '../../access/aws/links.ts';
import type { Output } from '../print.ts';
import { readWorld, type WorldOptions } from '../world.ts';

/** `links`: one JSON line for every service account and cloud identity that something connects. */
export async function linksCommand(options: WorldOptions, out: Output): Promise<void> {
  for (const { serviceAccount, identity, method, audience, state, code, reason, dependsOn } of awsLinks(await readWorld(options))) {
    await out.line({
      serviceAccount,
      provider: 'aws',
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
