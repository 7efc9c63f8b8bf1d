import { reachOfPolicy } from '../../access/aws/cluster-access.ts';
import { ANY, matchesPattern, patternOf, wildcardParts } from '../../access/pattern.ts';
import { splitServiceAccountUser } from '../../access/rbac/subject.ts';
import type { EksAccessPolicy } from '../../inventory/aws.ts';
import type { Certainty } from '../kinds.ts';
import { nodeRoleOf } from './aws-nodes.ts';
import { everything, hasAny } from './everything.ts';
import type { Facts } from './facts.ts';
import { reachedByPodAuthor } from './pod-author.ts';

/** A node that an identity of AWS is in Kubernetes, or reaches there. */
export interface ClusterTarget {
  readonly target: number;
  readonly certainty: Certainty;
  readonly hangsOn?: string;
}

/** Every identity that the authenticator lets in is in this group. */
export const AUTHENTICATED = 'system:authenticated';

const NODE_NAME = '{{EC2PrivateDNSName}}';
const OWN_CHOICE = 'the session having that name, which whoever assumes the role chooses';

/** The node of a user name: service accounts have theirs as well. */
function userNode({ nodes }: Facts, name: string): number {
  const account = splitServiceAccountUser(name);
  return account === undefined ? nodes.intern('user', name) : nodes.intern('service-account', account.name, account.namespace);
}

/**
 * Whom a user name of aws-auth or of an access entry stands for. `{{AccountID}}` is known; session names are chosen by whoever assumes the
 * role, so of those every user that a binding names and that fits; `{{EC2PrivateDNSName}}` is the node that the credentials come from.
 * Source: https://github.com/kubernetes-sigs/aws-iam-authenticator (README, pkg/server `renderTemplate`)
 */
export function usersOfTemplate(
  facts: Facts,
  template: string,
  principal: { readonly arn: string; readonly account: string },
): ClusterTarget[] {
  const name = template.replaceAll('{{AccountID}}', principal.account);
  if (!name.includes('{{')) return [{ target: userNode(facts, name), certainty: 'certain' }];
  if (name.includes(NODE_NAME)) return nodeUsers(facts, name, principal.arn);
  const parts = name.split(/\{\{[A-Za-z]{1,40}\}\}/);
  const pattern = patternOf(parts.flatMap((part, index) => (index === 0 ? [part] : [ANY, part])));
  return facts.subjects.all
    .filter(({ node }) => facts.nodes.kinds[node] === 'user' && matchesPattern(pattern, facts.nodes.names[node] as string))
    .map(({ node }) => ({ target: node, certainty: 'conditional', hangsOn: OWN_CHOICE }));
}

function nodeUsers(facts: Facts, name: string, roleArn: string): ClusterTarget[] {
  const hangsOn = 'the credentials being of the instance behind that node';
  return facts.inventory.kubernetes.nodes.flatMap((node): ClusterTarget[] => {
    const number = facts.nodes.indexOf(`node:${node.name}`);
    if (number === undefined || nodeRoleOf(facts, number)?.roleArn !== roleArn) return [];
    return [{ target: userNode(facts, name.replaceAll(NODE_NAME, node.name)), certainty: 'conditional', hangsOn }];
  });
}

/** Namespaces that the scope of an access policy covers, `*` being a wildcard in their names; empty string: the cluster. */
function scopesOf({ everyNamespace }: Facts, { scope, namespaces }: EksAccessPolicy): readonly string[] {
  if (scope === 'cluster') return [''];
  const patterns = namespaces.map((name) => patternOf(wildcardParts(name)));
  return everyNamespace.filter((name) => patterns.some((pattern) => matchesPattern(pattern, name)));
}

function* editing(facts: Facts, scope: string): Generator<ClusterTarget> {
  if (hasAny(facts, 'all-pods', scope)) yield { target: everything(facts, 'all-pods', scope), certainty: 'certain' };
  for (const { target, certainty, hangsOn } of reachedByPodAuthor(facts, scope))
    yield { target, certainty, ...(hangsOn === undefined ? {} : { hangsOn }) };
}

/** What an access policy leads to in the cluster. */
export function* targetsOfPolicy(facts: Facts, policy: EksAccessPolicy): Generator<ClusterTarget> {
  const reach = reachOfPolicy(policy.policyArn);
  if (reach === undefined) return;
  for (const scope of scopesOf(facts, policy)) {
    if (reach === 'cluster-admin' && scope === '') yield { target: facts.nodes.clusterAdmin(), certainty: 'certain' };
    else if (reach === 'cluster-admin' || reach === 'namespace-admin')
      yield { target: everything(facts, 'namespace-admin', scope), certainty: 'certain' };
    else if (reach === 'edit') yield* editing(facts, scope);
    else if (hasAny(facts, 'all-secrets', scope)) yield { target: everything(facts, 'all-secrets', scope), certainty: 'certain' };
  }
}

/** Groups that a binding gives something to and that EKS lets anybody write into an access entry. */
export function* bindableGroups({ subjects, nodes }: Facts): Generator<number> {
  for (const { node, own } of subjects.all) {
    if (nodes.kinds[node] === 'group' && own.length > 0 && !(nodes.names[node] as string).startsWith('system:')) yield node;
  }
}
