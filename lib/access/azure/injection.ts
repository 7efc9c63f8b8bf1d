import type { AksCluster } from '../../inventory/azure.ts';
import { hasEnded } from '../../inventory/has-ended.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Pod, PodSpec } from '../../inventory/kubernetes.ts';
import { isUnread } from '../../inventory/unread-list.ts';
import type { Truth } from '../aws/truth.ts';
import { projectedTokens, wasAdmitted } from '../pod/token.ts';

/** The label by which a pod asks the webhook for a token. Source: https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
export const POD_LABEL = 'azure.workload.identity/use';
const WEBHOOK_CONFIGURATION = 'azure-wi-webhook-mutating-webhook-configuration';

/** Whether pods of a service account are given a token, and if not, why. `held`: one has it now; `given`: the webhook will see to it. */
export type Injection =
  | { readonly state: 'given' | 'held'; readonly pod: Pod }
  /** The label is there and the pod was admitted without a token: older than the webhook or than the label. */
  | { readonly state: 'not-injected' | 'no-label'; readonly pod: Pod }
  | { readonly state: 'no-pod' };

/** The AKS cluster of the data that the Kubernetes objects are of; undefined: it is no AKS cluster, or none that was read. */
export function aksClusterOf({ cluster, azure }: Pick<Inventory, 'cluster' | 'azure'>): AksCluster | undefined {
  const { aksClusterId, issuer } = cluster;
  return azure.clusters.find(({ id, issuer: own }) =>
    aksClusterId === undefined ? own !== undefined && own === issuer : id.toLowerCase() === aksClusterId.toLowerCase(),
  );
}

/**
 * Audience of the tokens that the webhook projects, which differs in Azure's sovereign clouds.
 * Source: https://azure.github.io/azure-workload-identity/docs/installation/mutating-admission-webhook.html
 */
export function webhookAudience(inventory: Pick<Inventory, 'cluster' | 'azure'>): string {
  const issuer = inventory.cluster.issuer ?? aksClusterOf(inventory)?.issuer;
  const host = /^https:\/\/([^/]{1,253})/.exec(issuer ?? '')?.[1] ?? '';
  if (host.endsWith('.azure.us')) return 'api://AzureADTokenExchangeUSGov';
  return host.endsWith('.azure.cn') ? 'api://AzureADTokenExchangeChina' : 'api://AzureADTokenExchange';
}

/** Whether the workload identity webhook runs: AKS says so of its own; elsewhere its configuration does. `unknown`: those were not read. */
export function hasWebhook(inventory: Inventory): Truth {
  const { webhookConfigurations } = inventory.kubernetes;
  if (webhookConfigurations.some(({ name }) => name === WEBHOOK_CONFIGURATION)) return true;
  const aks = aksClusterOf(inventory);
  if (aks !== undefined) return aks.workloadIdentityEnabled;
  return isUnread(inventory, 'mutatingwebhookconfigurations') ? 'unknown' : false;
}

/** For every service account, what the best of its pods shows; pods that have ended do not count. */
export function injections(pods: readonly Pod[], audience: string): ReadonlyMap<string, Injection> {
  const found = new Map<string, Injection>();
  const holds = new Map<PodSpec, boolean>();
  for (const pod of pods) {
    if (hasEnded(pod)) continue;
    const account = `${pod.namespace}/${pod.spec.serviceAccountName}`;
    const known = found.get(account);
    if (known?.state === 'held') continue;
    // Copies of a template share one spec.
    const held = holds.get(pod.spec) ?? projectedTokens(pod.spec).some(({ token }) => token.audience === audience);
    holds.set(pod.spec, held);
    const state = held ? 'held' : injectionOf(pod);
    if (known === undefined || BETTER.indexOf(state) < BETTER.indexOf(known.state)) found.set(account, { state, pod });
  }
  return found;
}

const BETTER: readonly Injection['state'][] = ['held', 'given', 'not-injected', 'no-label', 'no-pod'];

function injectionOf(pod: Pod): 'given' | 'not-injected' | 'no-label' {
  if (pod.labels.get(POD_LABEL) !== 'true') return 'no-label';
  // A manifest is not mutated yet; the webhook will see its label.
  return wasAdmitted(pod) ? 'not-injected' : 'given';
}
