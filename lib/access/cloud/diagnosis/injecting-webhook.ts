import type { LabelSelector, StringMap } from '../../../inventory/kubernetes.ts';
import type { Webhook, WebhookConfiguration } from '../../../inventory/webhook.ts';
import { selects } from '../../network/egress.ts';
import { command, kubectl } from '../../shell.ts';
import { type ChainFacts, podsEvidence, wasRead } from './chain-facts.ts';
import type { Finding, Remedy } from './diagnosis.ts';

/** Names of the configurations as their projects install them. */
const NAMES = { aws: /pod-identity-webhook/, azure: /azure-wi-webhook/, gcp: /^$/ } as const;

/**
 * The mutating webhook that puts the token into pods: there, and not passing these pods by. A pod somewhere that holds such a token
 * proves that it runs, as EKS and AKS run it on the control plane.
 * Sources: aws/amazon-eks-pod-identity-webhook deploy/mutatingwebhook.yaml, Azure/azure-workload-identity manifest_staging
 */
export function webhookFinding(facts: ChainFacts): Finding {
  const { link, world, pods } = facts;
  const off = switchedOff(facts);
  if (off !== undefined) return off;
  const found = world.inventory.kubernetes.webhookConfigurations.find(
    ({ kind, name }) => kind === 'MutatingWebhookConfiguration' && NAMES[link.provider].test(name),
  );
  if (found !== undefined) {
    const passedBy = pods.find((pod) => !found.webhooks.some((webhook) => admits(facts, webhook, pod.labels)));
    if (passedBy !== undefined) return excluded(facts, found, passedBy.labels);
    const says = `The webhook configuration ${found.name} sees its pods.`;
    return { status: 'ok', says, evidence: [{ kind: found.kind, name: found.name, pointer: '/webhooks', says: 'selects its pods' }] };
  }
  const holder = world.holders.get(link.audience);
  if (holder !== undefined)
    return {
      status: 'ok',
      says: `The webhook works: ${holder.namespace}/${holder.name} was given a token of audience \`${link.audience}\`.`,
      evidence: podsEvidence([holder], '/spec/volumes', `holds a token of audience \`${link.audience}\``),
    };
  if (!wasRead(facts, 'mutatingwebhookconfigurations'))
    return {
      status: 'unknown',
      says: 'Whether the webhook is there is not known: the webhook configurations were not read, and no pod shows that it worked.',
      evidence: [],
      fix: { says: 'look for it', command: kubectl(undefined, 'get', 'mutatingwebhookconfigurations') },
    };
  return {
    status: 'failed',
    says: `No ${link.provider === 'azure' ? 'workload identity' : 'pod identity'} webhook is configured in this cluster, so nothing puts a token into pods.`,
    evidence: [],
    fix: install(facts),
  };
}

/** AKS says of itself whether it runs the webhook. */
function switchedOff({ link, world }: ChainFacts): Finding | undefined {
  const { azure, cluster } = world.inventory;
  const aks = azure.clusters.find(
    ({ id }) => cluster.aksClusterId !== undefined && id.toLowerCase() === cluster.aksClusterId.toLowerCase(),
  );
  if (link.provider !== 'azure' || aks === undefined) return undefined;
  const evidence = [
    {
      kind: 'AksCluster',
      name: aks.id,
      pointer: '/properties/securityProfile/workloadIdentity/enabled',
      says: `is ${aks.workloadIdentityEnabled}`,
    },
  ];
  if (aks.workloadIdentityEnabled) return { status: 'ok', says: `Workload identity is on in cluster ${aks.name}.`, evidence };
  const group = /\/resourceGroups\/([^/]{1,90})\//i.exec(aks.id)?.[1] ?? 'RESOURCE-GROUP';
  return {
    status: 'failed',
    says: `Workload identity is off in cluster ${aks.name}: its webhook is not there, so nothing puts a token into pods.`,
    evidence,
    fix: {
      says: 'switch it on; pods that are made afterwards get the token',
      command: command(
        'az',
        'aks',
        'update',
        `--resource-group=${group}`,
        `--name=${aks.name}`,
        '--enable-oidc-issuer',
        '--enable-workload-identity',
      ),
    },
  };
}

function admits({ world, namespace }: ChainFacts, webhook: Webhook, labels: StringMap): boolean {
  const space = world.namespaces.get(namespace);
  const everything = (selector: LabelSelector | undefined, of: StringMap | undefined): boolean =>
    selector === undefined || of === undefined || selects(selector, of);
  return everything(webhook.objectSelector, labels) && everything(webhook.namespaceSelector, space?.labels);
}

function excluded({ namespace }: ChainFacts, { kind, name }: WebhookConfiguration, labels: StringMap): Finding {
  const opted = labels.has('eks.amazonaws.com/skip-pod-identity-webhook');
  const why = opted ? 'the label eks.amazonaws.com/skip-pod-identity-webhook' : 'its selectors';
  return {
    status: 'failed',
    says: `The webhook configuration ${name} passes its pods by because of ${why}.`,
    evidence: [{ kind, name, pointer: '/webhooks/0', says: 'does not select its pods' }],
    fix: { says: 'change the labels of the pods or of their namespace', command: kubectl(namespace, 'get', 'pods', '--show-labels') },
  };
}

function install({ link, world }: ChainFacts): Remedy {
  if (link.provider === 'azure')
    return {
      says: 'install it with its chart',
      command:
        'helm install workload-identity-webhook azure-workload-identity/workload-identity-webhook --namespace azure-workload-identity-system --create-namespace',
    };
  if (world.inventory.cluster.eksClusterArn !== undefined)
    return {
      says: 'EKS brings it on every cluster: look who removed it',
      command: kubectl(undefined, 'get', 'mutatingwebhookconfiguration', 'pod-identity-webhook'),
    };
  return {
    says: 'install aws/amazon-eks-pod-identity-webhook, as its README says',
    command: 'make cluster-up IMAGE=amazon/amazon-eks-pod-identity-webhook:latest',
  };
}
