import { OPEN_CODES } from '../../access/aws/web-identity-reason.ts';
import type { CloudLink } from '../../access/cloud/link.ts';
import { cloudLinks } from '../../access/cloud/links.ts';
import { gcpWarnings } from '../../access/gcp/warnings.ts';
import { IDENTITY_KIND, identityNode } from '../finding-facts/cloud-nodes.ts';
import { cloudIdentities } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { reaches } from '../finding-facts/severity.ts';
import { counted, reachWords } from '../finding-facts/words.ts';
import type { FindingWorld } from '../finding-facts/world.ts';
import { defineFinding, type FindingRow } from './finding.ts';

/** Trust that names no subject, or only those that it keeps out. */
const OPEN = new Set([...OPEN_CODES, 'all-but']);

/** Google's warnings about principals that nobody listed. */
const OPEN_GCP = new Set(['all-users', 'all-authenticated-users', 'open-to-pool', 'open-to-cluster']);

function openLinks(world: FindingWorld): ReadonlyMap<string, readonly [CloudLink, ...CloudLink[]]> {
  const found = new Map<string, [CloudLink, ...CloudLink[]]>();
  for (const link of cloudLinks(world.inventory)) {
    if (link.state === 'broken' || !OPEN.has(link.code)) continue;
    const list = found.get(`${link.provider} ${link.identity}`);
    if (list === undefined) found.set(`${link.provider} ${link.identity}`, [link]);
    else list.push(link);
  }
  return found;
}

function rowOf(world: FindingWorld, links: readonly [CloudLink, ...CloudLink[]]): FindingRow {
  const [link] = links;
  const { provider, identity, reason } = link;
  const node = identityNode(world, provider, identity);
  const summary = node === undefined ? undefined : world.reachOf(node);
  const accounts = new Set(links.map(({ serviceAccount }) => serviceAccount)).size;
  const trust = link.evidence.filter(({ kind }) => kind !== 'ServiceAccount');
  const [first = { kind: IDENTITY_KIND[provider], name: identity, pointer: '', says: reason }, ...rest] = trust;
  const isSure = links.some(({ state }) => state !== 'conditional');
  const isTop =
    summary !== undefined && (reaches(summary, 'cloud-admins') === 'certain' || reaches(summary, 'cluster-admin') === 'certain');
  return {
    subject: { kind: IDENTITY_KIND[provider], name: identity, ...(node === undefined ? {} : { node }) },
    severity: !isSure ? 'medium' : isTop ? 'critical' : 'high',
    whyHere: `${counted(accounts, 'service account')} of this cluster can become it: ${reason.replace(/\.$/, '')}; it reaches ${summary === undefined ? 'what its policies allow' : reachWords(summary)}`,
    evidence: [first, ...rest],
    fix: {
      says: `compare \`:sub\` with the service accounts that are meant (\`system:serviceaccount:NAMESPACE:NAME\`) under StringEquals in the trust policy of ${identity}`,
    },
  };
}

export const openTrust = defineFinding({
  id: 'open-trust',
  title: 'Cloud identities let every service account in',
  severity: 'high',
  class: 'cloud',
  why: 'A trust policy that names the cluster and no account gives the identity to every pod: whoever may project a token, in any namespace, is the identity.',
  remediation: 'Name the service accounts in the trust policy, whole and without wildcards.',
  misses: 'trust that names too many by a pattern; groups of identities in Entra',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html',
    'https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity',
  ],
  prevention: noPolicy(
    'the trust is in the cloud account; a service control policy or an organisation policy, and a check of the code that writes roles, keep it closed',
  ),
  population: cloudIdentities,
  *find(world) {
    for (const links of openLinks(world).values()) yield rowOf(world, links);
    for (const { code, resource, member = '', says, evidence } of gcpWarnings(world.inventory)) {
      const [first, ...rest] = evidence;
      if (!OPEN_GCP.has(code) || first === undefined) continue;
      yield {
        subject: { kind: 'GcpPolicy', name: resource },
        part: `${code}\n${member}\n${first.says}`,
        whyHere: says,
        evidence: [first, ...rest],
        fix: { says: `replace ${member || 'the member'} by the principals that are meant in the policy of ${resource}` },
      };
    }
  },
});
