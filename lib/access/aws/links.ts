import type { Gap } from '../../inventory/gap.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import { unreadIn } from '../../inventory/unread-list.ts';
import { indexAws } from './aws-index.ts';
import { annotatedLink, type IrsaFacts, possibleLinks, ROLE_ANNOTATION } from './irsa-links.ts';
import type { AwsLink } from './link.ts';
import { associationLinks, associationsOf, hasPodIdentityAgent } from './pod-identity-links.ts';

export type { AwsLink, AwsLinkEvidence } from './link.ts';

/**
 * Every service account and AWS role that something connects: an annotation, a Pod Identity association, or a trust policy
 * that lets the service account in. Sorted by service account, identity, method and audience. A pair has one link per
 * method, but for one case: its annotation asks for an audience that does not work while another one does; then there are
 * a broken and a possible one. Rules: shared/reference/cloud-identity-links.md, section 3.2.
 */
export function awsLinks(inventory: Inventory): AwsLink[] {
  const index = indexAws(inventory);
  const accounts = new Map<string, ServiceAccount>();
  for (const account of inventory.kubernetes.serviceAccounts) accounts.set(`${account.namespace}/${account.name}`, account);
  const associations = associationsOf(inventory);
  const associated = new Set(associations.map((association) => `${association.namespace}/${association.serviceAccount}`));
  const facts: IrsaFacts = { index, gates: new Map(), associated };
  const links: AwsLink[] = [];
  const agent = hasPodIdentityAgent(inventory);
  // Every namespace has an account, so that none at all was not read.
  const isUnread = accounts.size === 0 ? () => true : unreadIn(inventory, 'serviceaccounts');
  for (const association of associations) {
    const isThere = accounts.has(`${association.namespace}/${association.serviceAccount}`);
    const exists = isThere || (isUnread(association.namespace) ? 'unknown' : false);
    links.push(...associationLinks(index, association, { exists, agent }));
  }
  for (const account of accounts.values()) {
    const link = annotatedLink(facts, account);
    if (link !== undefined) links.push(link);
  }
  for (const link of possibleLinks(facts, accounts)) links.push(link);
  return links.sort(compare);
}

/** What is missing for the links to be whole, beside the gaps that the sources reported. */
export function awsLinkGaps(inventory: Inventory): Omit<Gap, 'id'>[] {
  const gaps: Omit<Gap, 'id'>[] = [];
  const { cluster, aws, kubernetes } = inventory;
  const annotated = kubernetes.serviceAccounts.some((account) => account.annotations.has(ROLE_ANNOTATION));
  const federated = aws.roles.some((role) =>
    role.trust.statements.some((statement) => statement.principals?.some(({ type }) => type === 'Federated')),
  );
  if (cluster.issuer === undefined && (annotated || federated)) {
    gaps.push({
      source: 'aws',
      what: "the cluster's OIDC issuer",
      why: 'nothing says which issuer signs the tokens of this cluster, so no role that trusts one can be linked',
      remedy:
        'add the output of `kubectl get --raw /.well-known/openid-configuration` or of `aws eks describe-cluster`, or name the cluster',
    });
  }
  if (cluster.eksClusterArn === undefined && aws.podIdentityAssociations.length > 0 && associationsOf(inventory).length === 0) {
    gaps.push({
      source: 'aws',
      what: 'pod identity associations of this cluster',
      why: 'nothing says which EKS cluster this is, so its associations cannot be told from those of others',
      remedy: 'add the output of `aws eks describe-cluster`, or name the cluster',
      permission: 'eks:DescribeCluster',
    });
  }
  return gaps;
}

function compare(one: AwsLink, other: AwsLink): number {
  for (const field of ['serviceAccount', 'identity', 'method', 'audience', 'state'] as const) {
    if (one[field] !== other[field]) return one[field] < other[field] ? -1 : 1;
  }
  return 0;
}
