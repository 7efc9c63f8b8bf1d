import type { AzureFederatedCredential, AzureIdentity } from '../../inventory/azure.ts';
import type { ServiceAccount } from '../../inventory/kubernetes.ts';
import type { CloudLink } from '../cloud/link.ts';
import { annotatedClient } from './annotated-link.ts';
import { fitOf, subjectOf } from './federated-credential.ts';
import { type FitVerdict, fittingVerdict, openVerdict } from './fit-verdict.ts';
import type { LinkFacts } from './link-facts.ts';

const PREFIX = 'system:serviceaccount:';

/** The links that are there already: of two between the same pair, `serviceAccount` and client id, the annotation's tells why. */
export type KnownLinks = ReadonlyMap<string, CloudLink>;

export const pairOf = (serviceAccount: string, clientId: string): string => `${serviceAccount} ${clientId.toLowerCase()}`;

/**
 * What credentials let in without the annotation's doing: a service account that no annotation points at the identity, or one whose
 * annotation does not work although the credential fits. Whoever writes its pods may project the token, or has it by the pod label, and
 * choose the identity. Exact subjects cost one look-up each; only expressions are compared with every service account.
 */
export function possibleLinks(facts: LinkFacts, accounts: ReadonlyMap<string, ServiceAccount>, known: KnownLinks): Iterable<CloudLink> {
  const best = new Map<string, CloudLink>();
  for (const credential of facts.index.azure.federatedCredentials) {
    const door = doorOf(facts, credential);
    if (door === undefined) continue;
    for (const account of candidates(credential, accounts)) {
      const pair = pairOf(`${account.namespace}/${account.name}`, door.identity.clientId);
      const annotated = known.get(pair);
      if (annotated !== undefined && annotated.state !== 'broken') continue;
      const link = linkThrough(facts, door, { account, ...(annotated === undefined ? {} : { annotated }) });
      const before = best.get(pair);
      if (link !== undefined && (before === undefined || rank(facts, link) < rank(facts, before))) best.set(pair, link);
    }
  }
  return best.values();
}

/** Of several credentials that let a service account in, one that surely does is told, and for the webhook's audience. */
const rank = ({ audience }: LinkFacts, link: CloudLink): number =>
  (link.state === 'possible' ? 0 : 2) + (link.audience === audience ? 0 : 1);

/** A credential that trusts this cluster, whose it is, and the audience to ask it with. */
interface Door {
  readonly credential: AzureFederatedCredential;
  readonly identity: AzureIdentity;
  readonly issuer: string;
  readonly audience: string;
}

function doorOf(facts: LinkFacts, credential: AzureFederatedCredential): Door | undefined {
  const { issuer } = facts;
  const identity = issuer !== undefined && credential.issuer === issuer ? facts.ownerOf(credential) : undefined;
  const audience = credential.audiences.includes(facts.audience) ? facts.audience : credential.audiences[0];
  return issuer === undefined || identity === undefined || audience === undefined ? undefined : { credential, identity, issuer, audience };
}

function linkThrough(
  facts: LinkFacts,
  { credential, identity, issuer, audience }: Door,
  whose: Pick<Possible, 'account' | 'annotated'>,
): CloudLink | undefined {
  const subject = subjectOf(`${whose.account.namespace}/${whose.account.name}`);
  const fit = fitOf(credential, { issuer, subject, audience });
  if (fit.subject === false) return undefined;
  const verdict = fit.subject === true ? fittingVerdict(fit, identity) : openVerdict(fit, identity);
  return linkOf(facts, { ...whose, identity, audience, verdict });
}

function candidates(
  { subject, expression }: AzureFederatedCredential,
  accounts: ReadonlyMap<string, ServiceAccount>,
): Iterable<ServiceAccount> {
  if (expression !== undefined) return accounts.values();
  const [namespace, name, ...rest] = subject?.startsWith(PREFIX) ? subject.slice(PREFIX.length).split(':', 3) : [];
  const account = name === undefined || rest.length > 0 ? undefined : accounts.get(`${namespace}/${name}`);
  return account === undefined ? [] : [account];
}

interface Possible {
  readonly account: ServiceAccount;
  readonly identity: AzureIdentity;
  readonly audience: string;
  readonly verdict: FitVerdict;
  /** The broken link of the annotation between the two. */
  readonly annotated?: CloudLink;
}

function linkOf(facts: LinkFacts, { account, identity, audience, verdict, annotated }: Possible): CloudLink {
  const { namespace, name } = account;
  const other = annotatedClient(account);
  const why =
    annotated !== undefined
      ? `The annotation does not work (${annotated.code}), but whoever writes a pod may project the token itself.`
      : other === undefined
        ? 'No annotation names the identity; it would only set AZURE_CLIENT_ID, which the pod may set itself.'
        : 'The annotation names another identity; the pod may ask for this one as well.';
  return {
    serviceAccount: `${namespace}/${name}`,
    provider: 'azure',
    identity: identity.clientId,
    principal: identity,
    method: facts.method,
    audience,
    state: verdict.works === true ? 'possible' : 'conditional',
    code: annotated?.code ?? verdict.code,
    reason: `${verdict.reason} ${why}`,
    evidence: verdict.evidence,
    ...(verdict.dependsOn.length === 0 ? {} : { dependsOn: verdict.dependsOn }),
  };
}
