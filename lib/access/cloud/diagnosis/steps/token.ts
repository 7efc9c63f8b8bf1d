import type { Pod } from '../../../../inventory/kubernetes.ts';
import { runningContainers } from '../../../pod/security-context.ts';
import { projectedTokens } from '../../../pod/token.ts';
import { kubectl } from '../../../shell.ts';
import { type ChainFacts, controllerOf, counted, podsEvidence, restartCommand } from '../chain-facts.ts';
import type { Finding } from '../diagnosis.ts';
import { isAdmitted } from '../world.ts';

/**
 * Variables that the webhooks set beside the token; an SDK looks for these.
 * Sources: aws/amazon-eks-pod-identity-webhook pkg/handler/handler.go, Azure/azure-workload-identity pkg/webhook/consts.go
 */
const VARIABLES = {
  irsa: 'AWS_WEB_IDENTITY_TOKEN_FILE',
  'pod-identity': 'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  aks: 'AZURE_FEDERATED_TOKEN_FILE',
} as const;

/** Of pods that the webhook of Azure Workload Identity injects a token into. */
export const AZURE_LABEL = 'azure.workload.identity/use';

/** Do the pods hold a projected token of the audience, with the variables that lead an SDK to it? */
export function tokenStep(facts: ChainFacts): Finding {
  const { link, pods } = facts;
  if (link.method === 'gke') return skipped('GKE projects no token: its metadata server hands credentials out.');
  if (pods.length === 0) return skipped('No pod runs as it, so there is no token to look at.');
  if (link.method === 'aks') {
    const unlabelled = pods.filter(({ labels }) => labels.get(AZURE_LABEL) !== 'true');
    if (unlabelled.length > 0) return labelMissing(facts, unlabelled);
  }
  const admitted = pods.filter(isAdmitted);
  if (admitted.length === 0)
    return {
      status: 'unknown',
      says: 'The pods are manifests that no API server has admitted: what a webhook adds to them cannot be seen yet.',
      evidence: podsEvidence(pods, '/metadata', 'has no uid'),
    };
  const without = admitted.filter((pod) => !holds(facts, pod));
  if (without.length > 0) return notInjected(facts, { without, admitted });
  const stale = link.method === 'irsa' && facts.pointed ? admitted.filter((pod) => namesAnother(pod, link.identity)) : [];
  if (stale.length > 0) return otherRole(facts, stale);
  return {
    status: 'ok',
    says: `${counted(admitted.length, 'pod')} ${admitted.length === 1 ? 'mounts' : 'mount'} a token of audience \`${link.audience}\`.`,
    evidence: tokenEvidence(facts, admitted),
  };
}

const skipped = (says: string): Finding => ({ status: 'skipped', says, evidence: [] });

/** Whether the pod mounts the token and, where a webhook sets variables, at least one of its containers has them. */
function holds({ link }: ChainFacts, pod: Pod): boolean {
  if (!projectedTokens(pod.spec).some(({ token }) => token.audience === link.audience)) return false;
  if (link.method === 'federation' || link.method === 'gke') return true;
  const variable = VARIABLES[link.method];
  return runningContainers(pod.spec).some(({ envNames }) => envNames.includes(variable));
}

function namesAnother(pod: Pod, role: string): boolean {
  const named = runningContainers(pod.spec).flatMap(({ awsRoleArn }) => awsRoleArn ?? []);
  return named.length > 0 && !named.includes(role);
}

function tokenEvidence({ link }: ChainFacts, pods: readonly Pod[]): Finding['evidence'] {
  return pods.slice(0, 1).flatMap((pod) => {
    const token = projectedTokens(pod.spec).find((held) => held.token.audience === link.audience);
    if (token === undefined) return [];
    return podsEvidence([pod], token.pointer, `asks for a token of audience \`${link.audience}\`, mounted at ${token.mountedAt[0] ?? ''}`);
  });
}

function labelMissing(facts: ChainFacts, pods: readonly Pod[]): Finding {
  const [first] = pods as [Pod];
  const controller = controllerOf(facts.world, first);
  const patch = JSON.stringify({ spec: { template: { metadata: { labels: { [AZURE_LABEL]: 'true' } } } } });
  return {
    status: 'failed',
    says: `${counted(pods.length, 'pod')} of it ${pods.length === 1 ? 'lacks' : 'lack'} the label ${AZURE_LABEL}: "true", so the webhook passes them by and they hold no token.`,
    evidence: podsEvidence(pods, '/metadata/labels', `has no label ${AZURE_LABEL}: "true"`),
    fix: {
      says:
        controller === undefined
          ? 'put the label on the pod (on the service account it does nothing) and make it anew: the webhook looks at it once, when it is made'
          : 'put the label on the pod template (on the service account it does nothing); its pods are made anew',
      command:
        controller === undefined
          ? kubectl(first.namespace, 'label', '--overwrite', 'pod', first.name, `${AZURE_LABEL}=true`)
          : kubectl(first.namespace, 'patch', `${controller.kind.toLowerCase()}/${controller.name}`, '--type=merge', `--patch=${patch}`),
    },
  };
}

function notInjected(facts: ChainFacts, { without, admitted }: { without: readonly Pod[]; admitted: readonly Pod[] }): Finding {
  const { link, pointed, world } = facts;
  const [first] = without as [Pod];
  const some = without.length < admitted.length;
  const skips = first.annotations.has('eks.amazonaws.com/skip-containers');
  const why = !pointed
    ? 'Nothing asks for one on their behalf; a pod may project it itself.'
    : some || world.holders.has(link.audience)
      ? `Other pods have one, so the webhook works: these are older than the ${link.method === 'pod-identity' ? 'association' : 'annotation'}${skips ? ', or their annotation eks.amazonaws.com/skip-containers names their containers' : ''}.`
      : 'They were made before the annotation or association, or while the webhook was not there.';
  const fallback = link.provider === 'aws' && pointed ? " Until then an SDK falls back to the node's role." : '';
  return {
    status: 'failed',
    says: `${without.length} of ${counted(admitted.length, 'pod')} ${without.length === 1 ? 'holds' : 'hold'} no token of audience \`${link.audience}\`. ${why}${fallback}`,
    evidence: podsEvidence(without, '/spec/volumes', `mounts no token of audience \`${link.audience}\``),
    ...(pointed ? { fix: { says: 'make the pods anew, so that they are admitted again', command: restartCommand(world, first) } } : {}),
  };
}

function otherRole({ world, link }: ChainFacts, pods: readonly Pod[]): Finding {
  const [first] = pods as [Pod];
  const named = runningContainers(first.spec).find(({ awsRoleArn }) => awsRoleArn !== undefined)?.awsRoleArn ?? '';
  return {
    status: 'failed',
    says: `${counted(pods.length, 'pod')} still ${pods.length === 1 ? 'asks' : 'ask'} for \`${named}\`: made before the annotation named \`${link.identity}\`, or AWS_ROLE_ARN is set by hand.`,
    evidence: podsEvidence(pods, '/spec/containers', `sets AWS_ROLE_ARN to \`${named}\``),
    fix: {
      says: 'make the pods anew, and take AWS_ROLE_ARN out of their template where it stands there',
      command: restartCommand(world, first),
    },
  };
}
