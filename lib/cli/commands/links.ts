import type { CloudLink } from '../../access/cloud/link.ts';
import { cloudLinks } from '../../access/cloud/links.ts';
import type { Output } from '../print.ts';
import { readWorld, type WorldOptions } from '../world.ts';

const sameLink = (one: CloudLink, other: CloudLink): boolean =>
  one.serviceAccount === other.serviceAccount &&
  one.provider === other.provider &&
  one.identity === other.identity &&
  one.method === other.method;

/** Links of one pair by one method stand side by side, as every cloud sorts its own. */
function* pairs(links: Iterable<CloudLink>): Generator<[CloudLink, ...CloudLink[]]> {
  let pair: [CloudLink, ...CloudLink[]] | undefined;
  for (const link of links) {
    if (pair !== undefined && sameLink(pair[0], link)) pair.push(link);
    else {
      if (pair !== undefined) yield pair;
      pair = [link];
    }
  }
  if (pair !== undefined) yield pair;
}

const said = ({ audience, state, code, reason, dependsOn }: CloudLink) => ({
  audience,
  state,
  code,
  reason,
  ...(dependsOn === undefined ? {} : { dependsOn }),
});

/**
 * `links`: one JSON line for every service account and cloud identity that something connects. Where what points at the identity does not
 * work and a pod of somebody's own making would get it all the same, the line tells the first, and `also` the second.
 */
export async function linksCommand(options: WorldOptions, out: Output): Promise<void> {
  for (const pair of pairs(cloudLinks(await readWorld(options)))) {
    const pointed = pair.find(({ state }) => state !== 'possible') ?? pair[0];
    const { serviceAccount, provider, identity, method } = pointed;
    const also = pair.filter((link) => link !== pointed).map(said);
    await out.line({ serviceAccount, provider, identity, method, ...said(pointed), ...(also.length === 0 ? {} : { also }) });
  }
}
