import type { CloudLink } from '../../access/cloud/link.ts';
import { GSA_ANNOTATION } from '../../access/gcp/link-evidence.ts';
import { kubectl } from '../../access/shell.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { grantAt, removeBinding } from '../evidence/gcp.ts';
import { podEvidence } from '../evidence/objects.ts';
import { emitLinks, explainLink } from '../facts/cloud-links.ts';
import type { Facts } from '../facts/facts.ts';
import { gsaNode } from '../facts/gcp-world.ts';
import { gkeNodes, POOL_UNKNOWN } from '../facts/gke-nodes.ts';
import type { Evidence, Fix } from '../model.ts';
import { defineTechnique, type Emit } from './technique.ts';

interface NumberedLink {
  readonly link: CloudLink;
  readonly detail: number;
  /** Node of its Google service account. */
  readonly to: number;
}

/**
 * Links that pods come by through the metadata server, by service account. Without an annotation it gives the service account's federated
 * token, with which whatever is possible works; with one it gives the annotated account's tokens and nothing else.
 */
function servedLinks(facts: Facts): ReadonlyMap<string, readonly NumberedLink[]> {
  const { inventory, cloudLinks } = facts;
  const annotated = new Set(
    inventory.kubernetes.serviceAccounts
      .filter(({ annotations }) => (annotations.get(GSA_ANNOTATION) ?? '') !== '')
      .map(({ namespace, name }) => `${namespace}/${name}`),
  );
  const served = new Map<string, NumberedLink[]>();
  for (const [detail, link] of cloudLinks.entries()) {
    const usable = link.provider === 'gcp' && link.method === 'gke' && link.state !== 'broken';
    if (!usable || (annotated.has(link.serviceAccount) && link.evidence[0]?.kind !== 'ServiceAccount')) continue;
    const list = served.get(link.serviceAccount);
    const numbered = { link, detail, to: gsaNode(facts, link.identity) };
    if (list === undefined) served.set(link.serviceAccount, [numbered]);
    else list.push(numbered);
  }
  return served;
}

/** Pods of GKE need no token of their own: the metadata server has one for them. */
function emitPods(facts: Facts, emit: Emit): void {
  const { pods } = facts;
  const served = servedLinks(facts);
  if (served.size === 0) return;
  const { metadataOf } = gkeNodes(facts);
  for (const [place, pod] of pods.pods.entries()) {
    const links = pods.live[place] === 1 ? served.get(`${pod.namespace}/${pod.spec.serviceAccountName}`) : undefined;
    const server = links === undefined ? 'node' : metadataOf(place);
    if (links === undefined || server === 'node') continue;
    for (const { link, detail, to } of links) {
      const certainty = link.state === 'conditional' || server === 'either' ? 'conditional' : 'wired';
      emit(pods.node[place] as number, to, detail, certainty);
    }
  }
}

function fixOf(facts: Facts, { identity, serviceAccount, state, evidence, reason }: CloudLink): Fix {
  const [namespace, name] = serviceAccount.split('/') as [string, string];
  if (state === 'broken')
    return {
      says: `mend or remove the link: ${reason}`,
      command: kubectl(namespace, 'annotate', 'serviceaccount', name, `${GSA_ANNOTATION}-`),
    };
  const grant = grantAt(facts.inventory.gcp.policies, evidence);
  const removal = grant?.policy.resource.includes('/serviceAccounts/') === true ? removeBinding(grant).command : undefined;
  return {
    says: `take the binding away that lets ${serviceAccount} become ${identity}, or name the one service account in it`,
    ...(removal === undefined ? {} : { command: removal }),
    sideEffect: 'whoever is no longer named cannot get new tokens; those given out last up to an hour',
  };
}

export const gcpWorkloadIdentity = defineTechnique({
  id: 'gcp-workload-identity',
  title: 'Becomes a Google service account',
  class: 'cloud',
  walked: true,
  from: ['service-account', 'pod'],
  to: ['gcp-service-account'],
  action:
    "Asks the metadata server, or IAM Credentials with a token of the Kubernetes service account, for the Google service account's access token.",
  precondition:
    "An allow policy of the Google service account, or of its project, folder or organisation, gives the Kubernetes service account's principal iam.serviceAccounts.getAccessToken under its conditions; the account is enabled and no deny policy takes it away; a pod is on a node with GKE_METADATA, or holds a token with the pool's audience.",
  remediation: 'Name the one namespace and service account in the binding, on the Google service account itself.',
  coverage: { level: 'partial', misses: 'pods that mount a credential configuration of another cluster, and VPC Service Controls' },
  attck: ['T1078.004', 'T1552.005'],
  references: [
    'https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity',
    'https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes',
  ],
  find(facts, emit) {
    if (!facts.cloudLinks.some(({ provider }) => provider === 'gcp')) return;
    for (const method of ['gke', 'federation'] as const) emitLinks(facts, { method, provider: 'gcp', kind: 'gcp-service-account' }, emit);
    emitPods(facts, emit);
  },
  changes({ cloudLinks }, { detail }) {
    const link = cloudLinks[detail];
    const grant = link?.evidence.find(({ kind }) => kind === 'GcpPolicy');
    const parts = /^grants (\S+) to (\S+)/.exec(grant?.says ?? '');
    return grant === undefined || parts === null ? [] : [`GcpPolicy/${grant.name}/${parts[1]}/${parts[2]}`];
  },
  explain(facts, edge) {
    const explained = explainLink(facts, edge, (link) => fixOf(facts, link));
    const link = facts.cloudLinks[edge.detail] as CloudLink;
    const place = facts.pods.placeOf.get(edge.from);
    if (place === undefined || link.method !== 'gke') return explained;
    const pod = facts.pods.pods[place] as Pod;
    const runs = podEvidence(
      pod,
      '/spec/serviceAccountName',
      `runs as ${link.serviceAccount} and asks the metadata server of ${pod.nodeName ?? 'its node'}`,
    );
    const open = gkeNodes(facts).metadataOf(place) === 'either' ? [POOL_UNKNOWN] : [];
    const hangsOn = [...open, ...(explained.hangsOn === undefined || link.state !== 'conditional' ? [] : [explained.hangsOn])];
    return {
      evidence: [runs, ...explained.evidence] as [Evidence, ...Evidence[]],
      ...(hangsOn.length === 0 ? {} : { hangsOn: hangsOn.join('; ') }),
      fix: explained.fix,
    };
  },
});
