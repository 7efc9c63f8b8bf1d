import type { CloudLink } from '../../access/cloud/link.ts';
import { cloudLinks } from '../../access/cloud/links.ts';
import type { FindingRow } from '../findings/finding.ts';
import { brokenFix } from './broken-fix.ts';
import { counted } from './words.ts';
import type { FindingWorld } from './world.ts';

/** Codes of links whose token is for somebody else than the cloud asks for. */
export const WRONG_AUDIENCE: ReadonlySet<string> = new Set(['audience-mismatch', 'audience-not-registered']);

/** Who gets what instead, in words. */
function instead(world: FindingWorld, namespace: string, name: string): string {
  const pods = world.workloadsOf(namespace, name).reduce((sum, one) => sum + one.pods.length, 0);
  if (pods === 0) return world.knowsPods ? 'no pod runs as it' : 'which pods run as it was not read';
  return `${counted(pods, 'pod runs', 'pods run')} as it and ${pods === 1 ? 'gets' : 'get'} nothing, or a wider identity of the node instead`;
}

/** A row for a link that something points at and that does not work. */
export function* brokenLinks(world: FindingWorld, isMeant: (link: CloudLink) => boolean): Generator<FindingRow> {
  for (const link of cloudLinks(world.inventory)) {
    if (link.state !== 'broken' || !isMeant(link)) continue;
    const { serviceAccount, identity, reason, evidence, code } = link;
    const slash = serviceAccount.indexOf('/');
    const namespace = serviceAccount.slice(0, slash);
    const name = serviceAccount.slice(slash + 1);
    const [first, ...rest] = evidence;
    // An account that is missing where accounts could not be read may well be there.
    if (first === undefined || (code === 'service-account-missing' && world.accountExists(namespace, name))) continue;
    const node = world.accountNode(namespace, name);
    yield {
      subject: { kind: 'ServiceAccount', namespace, name, ...(node === undefined ? {} : { node }) },
      part: `${link.provider} ${link.method} ${identity}`,
      whyHere: `${reason.replace(/\.$/, '')}; ${instead(world, namespace, name)}`,
      evidence: [first, ...rest],
      fix: brokenFix(world, link),
    };
  }
}
