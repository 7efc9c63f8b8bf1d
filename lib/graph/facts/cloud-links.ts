import type { CloudLink } from '../../access/cloud/link.ts';
import { projectedTokens } from '../../access/pod/token.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { objectEvidence, podEvidence } from '../evidence/objects.ts';
import type { Certainty, NodeKind } from '../kinds.ts';
import type { Evidence, Explanation, Fix } from '../model.ts';
import type { NodeTableBuilder } from '../table-builder.ts';
import type { Emit, FoundEdge } from '../techniques/technique.ts';
import { azureIdentityNode } from './azure-identity-node.ts';
import type { Facts } from './facts.ts';

/**
 * Roles that EKS only passes through on the way to an association's target role: a pod never sees their credentials.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html.
 */
function firstRolesOfChains({ inventory }: Facts): ReadonlySet<string> {
  const chained = inventory.aws.podIdentityAssociations.filter(({ targetRoleArn }) => targetRoleArn !== undefined);
  return new Set(chained.map(({ namespace, serviceAccount, roleArn }) => `${namespace}/${serviceAccount} ${roleArn}`));
}

/** Best first: of two links between the same two (their audiences differ) the graph keeps the first. */
const STATES: readonly CloudLink['state'][] = ['wired', 'possible', 'conditional', 'broken'];

/** Which links: of one method, and where several clouds have it, of one cloud. */
interface LinkSelection {
  readonly method: CloudLink['method'];
  readonly provider?: CloudLink['provider'];
}

/** Links of one method with their numbers, by service account. */
function linksByAccount(facts: Facts, { method, provider }: LinkSelection): Map<string, { link: CloudLink; detail: number }[]> {
  const found = new Map<string, { link: CloudLink; detail: number }[]>();
  const passedThrough = firstRolesOfChains(facts);
  for (const [detail, link] of facts.cloudLinks.entries()) {
    if (link.method !== method || (provider !== undefined && link.provider !== provider)) continue;
    if (method === 'pod-identity' && passedThrough.has(`${link.serviceAccount} ${link.identity}`)) continue;
    const list = found.get(link.serviceAccount);
    if (list === undefined) found.set(link.serviceAccount, [{ link, detail }]);
    else list.push({ link, detail });
  }
  for (const list of found.values()) list.sort((one, other) => STATES.indexOf(one.link.state) - STATES.indexOf(other.link.state));
  return found;
}

/** A pod that holds the token needs nothing else, so what is only possible for its service account is wired for the pod. */
const certaintyForHolder = (link: CloudLink): Certainty | undefined => {
  if (link.state === 'broken') return undefined;
  return link.state === 'conditional' ? 'conditional' : 'wired';
};

const identityNode = (nodes: NodeTableBuilder, kind: NodeKind, { identity, principal }: CloudLink): number =>
  kind === 'azure-identity' ? azureIdentityNode(nodes, identity, principal) : nodes.intern(kind, identity, '', principal);

/**
 * Service account → role for every link, and pod → role for pods that hold a token with the link's audience now: those need no
 * right to the API server, and a pod without the token is not given what its service account could have.
 */
export function emitLinks(facts: Facts, { kind, ...selection }: LinkSelection & { readonly kind: NodeKind }, emit: Emit): void {
  const { nodes, pods } = facts;
  const byAccount = linksByAccount(facts, selection);
  for (const [account, links] of byAccount) {
    const [namespace, name] = account.split('/') as [string, string];
    const node = nodes.indexOf(`sa:${account}`) ?? nodes.intern('service-account', name, namespace);
    for (const { link, detail } of links) emit(node, identityNode(nodes, kind, link), detail, link.state);
  }
  const audiencesOf = pods.perTemplate(({ spec }) => new Set(projectedTokens(spec).map(({ token }) => token.audience)));
  for (let place = 0; byAccount.size > 0 && place < pods.pods.length; place += 1) {
    const audiences = audiencesOf(place);
    if (audiences.size === 0 || pods.live[place] !== 1) continue;
    const pod = pods.pods[place] as Pod;
    for (const { link, detail } of byAccount.get(`${pod.namespace}/${pod.spec.serviceAccountName}`) ?? []) {
      const certainty = certaintyForHolder(link);
      if (certainty !== undefined && audiences.has(link.audience))
        emit(pods.node[place] as number, identityNode(nodes, kind, link), detail, certainty);
    }
  }
}

/** The chain behind a link: for a pod its token first, then what the link itself rests on. */
export function explainLink(facts: Facts, { from, detail }: FoundEdge, fix: (link: CloudLink) => Fix): Explanation {
  const link = facts.cloudLinks[detail] as CloudLink;
  const place = facts.pods.placeOf.get(from);
  const pod = place === undefined ? undefined : facts.pods.pods[place];
  const token = pod === undefined ? undefined : projectedTokens(pod.spec).find((held) => held.token.audience === link.audience);
  const [namespace, name] = link.serviceAccount.split('/') as [string, string];
  const evidence: Evidence[] = [
    ...(pod === undefined || token === undefined
      ? []
      : [podEvidence(pod, token.pointer, `mounts a token for audience ${link.audience} at ${token.mountedAt[0] as string}`)]),
    ...link.evidence,
  ];
  if (evidence.length === 0) evidence.push(objectEvidence('ServiceAccount', { namespace, name }, '/metadata/name', link.reason));
  const possible =
    link.state === 'possible' && pod === undefined
      ? `a token of ${link.serviceAccount} with audience ${link.audience}: whoever writes its pods or mints its tokens has one (${link.reason})`
      : undefined;
  const hangsOn =
    link.state === 'broken' ? link.reason : link.state === 'conditional' ? [link.reason, ...(link.dependsOn ?? [])].join('; ') : possible;
  return { evidence: evidence as [Evidence, ...Evidence[]], ...(hangsOn === undefined ? {} : { hangsOn }), fix: fix(link) };
}
