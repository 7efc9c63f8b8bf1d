import type { ChainFacts } from '../chain-facts.ts';
import type { Finding } from '../diagnosis.ts';
import { metadataServerFinding } from '../gke-metadata-server.ts';
import { webhookFinding } from '../injecting-webhook.ts';
import { agentFinding } from '../pod-identity-agent.ts';

/** Is there what hands the token or the credentials to the pods: the webhook, the agent, the metadata server? */
export function handOutStep(facts: ChainFacts): Finding {
  switch (facts.link.method) {
    case 'pod-identity':
      return agentFinding(facts);
    case 'gke':
      return metadataServerFinding(facts);
    case 'federation':
      return {
        status: 'skipped',
        says: 'The kubelet projects the token that the pod itself asks for; no webhook is involved.',
        evidence: [],
      };
    default:
      return webhookFinding(facts);
  }
}
