import type { Gap } from '../../inventory/gap.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { indexGcp } from './gcp-index.ts';
import { gkeLink } from './gke-cluster.ts';
import { GSA_ANNOTATION } from './link-evidence.ts';
import { PREDEFINED_ROLES } from './predefined-roles.ts';

const NAMED_MAX = 8;

/** What is missing for Google's answers to be whole, beside the gaps that the sources reported. */
export function gcpLinkGaps(inventory: Inventory): Omit<Gap, 'id'>[] {
  return [...roleGap(inventory), ...clusterGap(inventory), ...timeGap(inventory)];
}

/** Google's own roles that policies give to service accounts, whose permissions neither the data holds nor the table of well-known ones. */
function roleGap(inventory: Inventory): Omit<Gap, 'id'>[] {
  const index = indexGcp(inventory);
  const unread = new Set<string>();
  for (const { bindings } of inventory.gcp.policies)
    for (const { role, members } of bindings) {
      const known = !role.startsWith('roles/') || PREDEFINED_ROLES.has(role) || index.roles.get(role)?.permissions !== undefined;
      if (!known && members.some((member) => index.member(member).kind !== 'other')) unread.add(role);
    }
  const roles = [...unread].sort();
  if (roles.length === 0) return [];
  const shown = roles.slice(0, NAMED_MAX).join(', ');
  return [
    {
      source: 'gcp',
      what: `permissions of ${shown}${roles.length > NAMED_MAX ? ` and ${roles.length - NAMED_MAX} more roles` : ''}`,
      why: 'policies give these roles of Google, and what they hold was not read; ways to other accounts by them are not drawn',
      remedy: 'add the answer of `gcloud iam roles describe ROLE --format json` for each',
      permission: 'iam.roles.get',
    },
  ];
}

function clusterGap(inventory: Inventory): Omit<Gap, 'id'>[] {
  const annotated = inventory.kubernetes.serviceAccounts.some(({ annotations }) => annotations.has(GSA_ANNOTATION));
  if (!annotated || gkeLink(inventory) !== undefined || inventory.cluster.issuer !== undefined) return [];
  return [
    {
      source: 'gcp',
      what: 'which GKE cluster this is',
      why: 'service accounts are annotated with Google service accounts, and nothing says which cluster of the data they are of',
      remedy: 'name it with --cluster, or add the answer of `gcloud container clusters list --format json`',
      permission: 'container.clusters.list',
    },
  ];
}

function timeGap({ gcp, asOf }: Inventory): Omit<Gap, 'id'>[] {
  const timed = gcp.policies.some(({ bindings }) =>
    bindings.some(({ condition }) => condition?.expression.includes('request.time') === true),
  );
  if (!timed || asOf !== undefined) return [];
  return [
    {
      source: 'gcp',
      what: 'the time that conditions are judged at',
      why: 'conditions compare the time of a request, and nobody said for which time to answer',
      remedy: 'give the time when reading the snapshot',
    },
  ];
}
