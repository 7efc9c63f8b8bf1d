import type { AzureIdentity } from '../../inventory/azure.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import { type CloudEvidence, type CloudLink, pointedState } from '../cloud/link.ts';
import { writtenIn } from '../pod/written-in.ts';
import { subjectOf } from './federated-credential.ts';
import { type FitVerdict, verdictOf } from './fit-verdict.ts';
import { POD_LABEL } from './injection.ts';
import type { LinkFacts } from './link-facts.ts';

/** Source: https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
const CLIENT_ANNOTATION = 'azure.workload.identity/client-id';
const TENANT_ANNOTATION = 'azure.workload.identity/tenant-id';

/** The client id that an account is annotated with; an empty one is none. */
export const annotatedClient = (account: ServiceAccount): string | undefined => account.annotations.get(CLIENT_ANNOTATION) || undefined;

/**
 * The link of an annotated service account, which says whether its pods get a token of the annotated identity: undefined where it has no
 * annotation. Walks the chain in order: identity, credential, tenant, webhook, pod label; the first that fails is told.
 */
export function annotatedLink(facts: LinkFacts, account: ServiceAccount): CloudLink | undefined {
  const clientId = annotatedClient(account);
  if (clientId === undefined) return undefined;
  const identity = facts.index.identitiesByClient.get(clientId.toLowerCase());
  const verdict = identity === undefined ? unknownClient(facts, clientId) : chain(facts, account, identity);
  const { namespace, name } = account;
  const pointer = '/metadata/annotations/azure.workload.identity~1client-id';
  const annotation = { kind: 'ServiceAccount', namespace, name, pointer, says: `is annotated with client id \`${clientId}\`` };
  return {
    serviceAccount: `${namespace}/${name}`,
    provider: 'azure',
    identity: identity?.clientId ?? clientId,
    ...(identity === undefined ? {} : { principal: identity }),
    method: facts.method,
    audience: facts.audience,
    state: verdict.code === NO_POD ? 'possible' : pointedState(verdict.works),
    code: verdict.code,
    reason: verdict.reason,
    evidence: [annotation, ...verdict.evidence],
    ...(verdict.dependsOn.length === 0 ? {} : { dependsOn: verdict.dependsOn }),
  };
}

const NO_POD = 'no-pod';

function chain(facts: LinkFacts, account: ServiceAccount, identity: AzureIdentity): FitVerdict {
  if (facts.issuer === undefined) return issuerUnknown();
  const serviceAccount = `${account.namespace}/${account.name}`;
  const token = { issuer: facts.issuer, subject: subjectOf(serviceAccount), audience: facts.audience };
  const verdict = verdictOf(facts, identity, token);
  if (verdict.works === false) return verdict;
  return inTenant(facts, account, { identity, verdict }) ?? injected(facts, account, verdict);
}

/** A tenant's applications and all that was read of subscriptions are not everything: another subscription may hold the identity. */
function unknownClient({ index: { azure } }: LinkFacts, clientId: string): FitVerdict {
  const service = azure.servicePrincipals.find(({ appId }) => appId.toLowerCase() === clientId.toLowerCase());
  if (service !== undefined) {
    const what = `federated credentials of \`${service.name ?? clientId}\`, which were not read`;
    return open(
      'credentials-unread',
      `The tenant has a service principal of this client id; its federated credentials were not read.`,
      what,
    );
  }
  if (!azure.applicationsRead || azure.subscriptions.length === 0) {
    const unread = azure.applicationsRead ? 'user-assigned identities' : 'applications of the tenant';
    return open(
      'client-id-unread',
      `None of what was read has this client id, and the ${unread} were not all read.`,
      `${unread}, which were not all read`,
    );
  }
  const reason = 'No identity or application that was read has this client id.';
  return { works: false, code: 'client-id-unknown', reason, evidence: [], dependsOn: [] };
}

const open = (code: string, reason: string, dependsOn: string): FitVerdict => ({
  works: 'conditional',
  code,
  reason,
  evidence: [],
  dependsOn: [dependsOn],
});

const issuerUnknown = (): FitVerdict =>
  open(
    'issuer-unknown',
    "Nothing says which issuer signs this cluster's tokens, so no credential can be compared.",
    "the cluster's OIDC issuer",
  );

/** Undefined: the tenant is right, or nothing says that it is not. */
function inTenant(
  facts: LinkFacts,
  account: ServiceAccount,
  { identity, verdict }: { readonly identity: AzureIdentity; readonly verdict: FitVerdict },
): FitVerdict | undefined {
  const annotated = account.annotations.get(TENANT_ANNOTATION) || undefined;
  const asked = annotated ?? facts.tenantId;
  const own = identity.tenantId ?? facts.index.azure.tenantId;
  if (asked === undefined || own === undefined || asked.toLowerCase() === own.toLowerCase()) return undefined;
  const { namespace, name } = account;
  const pointer = '/metadata/annotations/azure.workload.identity~1tenant-id';
  const says = `asks tenant \`${asked}\` for the token`;
  const evidence: readonly CloudEvidence[] = annotated === undefined ? [] : [{ kind: 'ServiceAccount', namespace, name, pointer, says }];
  const reason =
    annotated === undefined
      ? `The cluster is in tenant \`${asked}\` and the identity in \`${own}\`, and no tenant-id annotation says so.`
      : `The tenant-id annotation is tenant \`${asked}\`, and the identity is in \`${own}\`.`;
  const also = [...verdict.evidence, ...evidence];
  if (identity.multiTenant === true)
    return {
      works: 'conditional',
      code: 'tenant-mismatch',
      reason,
      evidence: also,
      dependsOn: [`the application being known in tenant \`${asked}\``],
    };
  return { works: false, code: 'tenant-mismatch', reason, evidence: also, dependsOn: [] };
}

/** Whether a pod is given the token: by the webhook, which needs the label of the pod. */
function injected(facts: LinkFacts, account: ServiceAccount, verdict: FitVerdict): FitVerdict {
  const injection = facts.injections.get(`${account.namespace}/${account.name}`) ?? ({ state: 'no-pod' } as const);
  if (injection.state === 'held') return verdict;
  if (facts.webhook === false)
    return broken(verdict, 'webhook-off', 'The workload identity webhook is off in this cluster: no token is projected into pods.');
  if (injection.state === 'no-pod') return withoutPod(facts, verdict);
  const { name } = injection.pod;
  if (injection.state === 'no-label') {
    const fits = verdict.works === true ? 'The credential fits, but pod' : 'Pod';
    const reason = `${fits} \`${name}\` has no label ${POD_LABEL}: "true", so no token is projected.`;
    return broken(verdict, 'pod-label-missing', reason, {
      ...writtenIn(injection.pod, injection.pod.labels.size === 0 ? '/metadata' : '/metadata/labels'),
      says: `has no label ${POD_LABEL}: "true"`,
    });
  }
  if (injection.state === 'not-injected') {
    const reason = `Pod \`${name}\` has the label and no token: it is older than the label or the webhook, or the webhook did not see it.`;
    return broken(verdict, 'token-not-injected', reason, {
      ...writtenIn(injection.pod, '/spec/volumes'),
      says: `has no token for audience ${facts.audience}`,
    });
  }
  if (facts.webhook === true) return verdict;
  const dependsOn = [...verdict.dependsOn, 'the workload identity webhook, of which nothing was read'];
  return { ...verdict, works: 'conditional', dependsOn };
}

function broken(verdict: FitVerdict, code: string, reason: string, evidence?: CloudEvidence): FitVerdict {
  return { works: false, code, reason, evidence: [...verdict.evidence, ...(evidence === undefined ? [] : [evidence])], dependsOn: [] };
}

function withoutPod({ podsUnread }: LinkFacts, verdict: FitVerdict): FitVerdict {
  if (podsUnread)
    return {
      ...verdict,
      works: 'conditional',
      dependsOn: [...verdict.dependsOn, 'the pods of the service account, which were not all read'],
    };
  return verdict.works === true
    ? { ...verdict, code: NO_POD, reason: `${verdict.reason} No pod runs as the service account; one with the label would get the token.` }
    : verdict;
}
