import { hasWebhook, POD_LABEL, webhookAudience } from '../../access/azure/injection.ts';
import type { CloudLink } from '../../access/cloud/link.ts';
import { wasAdmitted } from '../../access/pod/token.ts';
import { command, kubectl } from '../../access/shell.ts';
import type { Pod } from '../../inventory/kubernetes.ts';
import { podEvidence } from '../evidence/objects.ts';
import { azureIdentityNode } from '../facts/azure-identity-node.ts';
import { emitLinks, explainLink } from '../facts/cloud-links.ts';
import type { Facts } from '../facts/facts.ts';
import type { Fix } from '../model.ts';
import { defineTechnique, type Emit } from './technique.ts';

/** A link that does not work is closed by taking the annotation away, or mended by what the reason says. */
function unlink({ serviceAccount, reason }: CloudLink): Fix {
  const [namespace, name] = serviceAccount.split('/') as [string, string];
  return {
    says: `mend or remove the link: ${reason}`,
    command: kubectl(namespace, 'annotate', 'serviceaccount', name, 'azure.workload.identity/client-id-'),
  };
}

function closeDoor({ evidence, identity }: CloudLink): Fix {
  const credential = evidence.find(({ kind }) => kind === 'AzureFederatedCredential')?.name ?? '';
  const parts =
    /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\/[^/]+\/[^/]+\/([^/]+)\/federatedidentitycredentials\/([^/]+)$/i.exec(
      credential,
    );
  const [, subscription = '', group = '', name = '', own = ''] = parts ?? [];
  return {
    says: 'delete the federated credential if the workload does not need the identity, or name one service account in its subject',
    command:
      parts === null
        ? command('az', 'ad', 'app', 'federated-credential', 'delete', `--id=${identity}`, `--federated-credential-id=${credential}`)
        : command(
            'az',
            'identity',
            'federated-credential',
            'delete',
            `--subscription=${subscription}`,
            `--resource-group=${group}`,
            `--identity-name=${name}`,
            `--name=${own}`,
          ),
    sideEffect: 'whoever used it gets no new tokens; those handed out last up to a day',
  };
}

/** Manifests with the label: the webhook projects the token when they are admitted, so such a pod will hold it. */
function emitLabelled(facts: Facts, emit: Emit): void {
  const webhook = hasWebhook(facts.inventory);
  if (webhook === false) return;
  const audience = webhookAudience(facts.inventory);
  const byAccount = new Map<string, [CloudLink, number][]>();
  for (const [detail, link] of facts.cloudLinks.entries()) {
    if (link.provider !== 'azure' || link.state === 'broken' || link.audience !== audience) continue;
    const list = byAccount.get(link.serviceAccount);
    if (list === undefined) byAccount.set(link.serviceAccount, [[link, detail]]);
    else list.push([link, detail]);
  }
  const { pods, nodes } = facts;
  for (let place = 0; byAccount.size > 0 && place < pods.pods.length; place += 1) {
    const pod = pods.pods[place] as Pod;
    if (pods.live[place] !== 1 || wasAdmitted(pod) || pod.labels.get(POD_LABEL) !== 'true') continue;
    for (const [link, detail] of byAccount.get(`${pod.namespace}/${pod.spec.serviceAccountName}`) ?? []) {
      const to = azureIdentityNode(nodes, link.identity, link.principal);
      emit(pods.node[place] as number, to, detail, webhook === true && link.state !== 'conditional' ? 'wired' : 'conditional');
    }
  }
}

export const azureFederatedIdentity = defineTechnique({
  id: 'azure-federated-identity',
  title: 'Gets tokens of an Azure identity',
  class: 'cloud',
  walked: true,
  from: ['service-account', 'pod'],
  to: ['azure-identity'],
  action: 'Shows a service account token to Entra ID and gets an access token of the managed identity or application.',
  precondition:
    "A federated credential of the identity names the cluster's issuer, the service account and the token's audience, to the letter; a pod needs a token with that audience, which the webhook projects for the label azure.workload.identity/use.",
  remediation: 'Delete federated credentials that no workload needs, and name one service account in each.',
  coverage: { level: 'partial', misses: 'conditional access for workload identities, and pods that the webhook skips by annotation' },
  attck: ['T1078.004', 'T1550.001'],
  references: [
    'https://learn.microsoft.com/azure/aks/workload-identity-overview',
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations',
  ],
  find(facts, emit) {
    for (const method of ['aks', 'federation'] as const) emitLinks(facts, { method, provider: 'azure', kind: 'azure-identity' }, emit);
    emitLabelled(facts, emit);
  },
  changes({ cloudLinks }, { detail }) {
    const link = cloudLinks[detail];
    return link === undefined ? [] : [`federated credential: ${link.serviceAccount} ${link.identity}`];
  },
  explain(facts, edge) {
    const explained = explainLink(facts, edge, (link) => (link.state === 'broken' ? unlink(link) : closeDoor(link)));
    const place = facts.pods.placeOf.get(edge.from);
    const pod = place === undefined ? undefined : facts.pods.pods[place];
    if (pod === undefined || wasAdmitted(pod)) return explained;
    const label = podEvidence(pod, '/metadata/labels/azure.workload.identity~1use', 'asks the webhook for a token when it is admitted');
    const hangsOn =
      edge.certainty === 'conditional' ? (explained.hangsOn ?? 'the pod asking for this identity with the token it is given') : undefined;
    return { ...explained, evidence: [label, ...explained.evidence], ...(hangsOn === undefined ? {} : { hangsOn }) };
  },
});
