import { statementPointer } from '../../access/aws/statement.ts';
import { OPEN_CODES } from '../../access/aws/web-identity-reason.ts';
import type { CloudLink } from '../../access/cloud/link.ts';
import { cloudLinks } from '../../access/cloud/links.ts';
import { gcpWarnings } from '../../access/gcp/warnings.ts';
import { comparing, isOwnProvider, rewritten, trustStep } from '../finding-facts/aws-steps.ts';
import { IDENTITY_KIND, identityNode } from '../finding-facts/cloud-nodes.ts';
import { fixBy } from '../finding-facts/fix-steps.ts';
import { withoutMember } from '../finding-facts/gcp-steps.ts';
import { cloudIdentities } from '../finding-facts/populations.ts';
import { noPolicy } from '../finding-facts/prevention.ts';
import { reaches } from '../finding-facts/severity.ts';
import { counted, reachWords } from '../finding-facts/words.ts';
import type { FindingWorld } from '../finding-facts/world.ts';
import { defineFinding, type FindingRow, type RowFix } from './finding.ts';

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

/** Only a person knows who is meant where nothing points at the role. */
const WHO_IS_MEANT = '<system:serviceaccount:NAMESPACE:NAME>';

/** Compares the subject in every statement that lets all of the cluster's tokens in: with the accounts that point at the role already, else with whom a person names. */
function closedTrust({ inventory }: FindingWorld, links: readonly [CloudLink, ...CloudLink[]]): RowFix {
  const [{ identity }] = links;
  const role = inventory.aws.roles.find(({ arn }) => arn === identity);
  const wired = links
    .filter(({ state }) => state === 'wired')
    .map(({ serviceAccount }) => `system:serviceaccount:${serviceAccount.replace('/', ':')}`);
  const subjects = wired.length === 0 ? [WHO_IS_MEANT] : [...new Set(wired)].sort();
  const says = `compare \`:sub\` with the service accounts that are meant under StringEquals in the trust policy of ${identity}${wired.length === 0 ? `: nothing points at it, so somebody has to write them in the place of \`${WHO_IS_MEANT}\`` : '; below are those that point at it'}`;
  if (role === undefined || role.trust.unreadable !== undefined)
    return { says, lacks: 'the trust policy was not read, so what it has to say is not written out' };
  const open = new Set(links.flatMap(({ evidence }) => evidence.filter(({ name }) => name === identity).map(({ pointer }) => pointer)));
  return fixBy(says, [
    trustStep(
      role,
      rewritten(role.trust, (statement) =>
        open.has(`/AssumeRolePolicyDocument${statementPointer(statement)}`)
          ? comparing(statement, { claim: 'sub', values: subjects, isMeant: (one) => isOwnProvider(inventory, one) })
          : [statement],
      ),
    ),
  ]);
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
    fix: closedTrust(world, links),
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
    for (const { code, resource, member = '', says, evidence, grant } of gcpWarnings(world.inventory)) {
      const [first, ...rest] = evidence;
      if (!OPEN_GCP.has(code) || first === undefined) continue;
      yield {
        subject: { kind: 'GcpPolicy', name: resource },
        part: `${code}\n${member}\n${first.says}`,
        whyHere: says,
        evidence: [first, ...rest],
        fix: {
          says: `take ${member || 'the member'} out of the policy of ${resource}, and grant the role to the principals that are meant`,
          ...(grant === undefined ? {} : withoutMember(grant.policy, grant.binding, member)),
        },
      };
    }
  },
});
