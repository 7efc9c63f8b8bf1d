import type { Inventory } from '../../inventory/inventory.ts';
import type { AssumeAnswer, AssumeQuestion, CloudRefusal } from '../cloud/question.ts';
import { decide } from './decide.ts';
import { escalations, type FoundEscalation } from './escalation.ts';
import { type GcpIndex, indexGcp } from './gcp-index.ts';
import { givingBindings } from './giving.ts';
import { type GcpIdentity, identityName } from './identity.ts';
import { accountResource, impersonation } from './impersonation.ts';
import { isOpen } from './judgement.ts';
import { questionIdentity } from './question-identity.ts';
import type { GcpResource } from './resource.ts';

/**
 * May one Google identity get access tokens of a service account by IAM Credentials: itself, by signing, or through a chain of delegates?
 * Other ways to become it (a key, its policy, something that runs as it) are told by `code` and `reason` with `allowed: false`, as they take
 * more than asking. Source: https://cloud.google.com/iam/docs/service-account-impersonation
 */
export function gcpAssume(inventory: Inventory, question: AssumeQuestion): AssumeAnswer | CloudRefusal {
  const at = question.context?.get('request.time')?.[0];
  const index = indexGcp(at === undefined ? inventory : { ...inventory, asOf: at });
  const from = questionIdentity(inventory, index, question.from);
  if (from === undefined)
    return {
      error: `\`${question.from.slice(0, 300)}\` names no Google identity; give an email, a principal:// name or NAMESPACE/NAME of the cluster`,
    };
  const to = questionIdentity(inventory, index, question.to);
  if (to?.kind !== 'service-account') return { error: `\`${question.to.slice(0, 300)}\` is no email of a Google service account` };
  return answer(index, from, to.email);
}

const refusal = (code: string, reason: string): AssumeAnswer => ({ allowed: false, code, reason });

function answer(index: GcpIndex, from: GcpIdentity, email: string): AssumeAnswer {
  if (from.kind === 'service-account' && index.accounts.get(from.email)?.disabled === true)
    return refusal('from-disabled', `${from.email} is disabled and gets no tokens to ask with.`);
  const project = /@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
  if (!index.accounts.has(email) && project !== undefined && index.gcp.projectsWithServiceAccounts.includes(project))
    return refusal('gsa-missing', `Project ${project} has no service account ${email}.`);
  const resource = accountResource(index, email);
  const own = impersonation(index, from, resource);
  if (own.works === true || own.code === 'gsa-disabled') return { allowed: own.works, code: own.code, reason: own.reason };
  const found = escalations(index, { identity: from, resource });
  const direct = found.find(({ way, allowed }) => way.direct && allowed === true);
  if (direct !== undefined) return { allowed: true, code: direct.way.code, reason: said(from, email, direct) };
  const delegate = delegateOf(index, from, resource);
  if (delegate !== undefined)
    return {
      allowed: true,
      code: 'delegation',
      reason: `${identityName(from)} may delegate through ${delegate}, which mints access tokens of ${email}.`,
    };
  const other = indirect(index, from, { email, resource, found, sureOnly: own.works === 'conditional' });
  // Where a way that takes more is sure, what the account's unread policy may give as well is only added.
  if (own.works === 'conditional' && (own.code !== 'policy-unread' || other === undefined))
    return { allowed: 'conditional', code: own.code, reason: own.reason };
  if (other !== undefined && own.works === 'conditional') return { ...other, reason: `${other.reason} Its own allow policy was not read.` };
  return other ?? refusal(own.code, own.reason);
}

interface Asked {
  readonly email: string;
  readonly resource: GcpResource;
  readonly found: readonly FoundEscalation[];
  /** Ways that are open add nothing where tokens are open themselves. */
  readonly sureOnly: boolean;
}

/** What is not enough for a token by itself, or takes more than asking. */
function indirect(index: GcpIndex, from: GcpIdentity, { email, resource, found, sureOnly }: Asked): AssumeAnswer | undefined {
  const other = found.find(({ way, allowed }) => !way.direct && (allowed === true || !sureOnly));
  if (other !== undefined)
    return { allowed: false, code: other.way.code, reason: `No access token by asking: ${said(from, email, other)}` };
  const holds = (permission: string): boolean => mayUse(index, from, { permission, resource });
  if (holds('iam.serviceAccounts.getOpenIdToken'))
    return refusal('open-id-token-only', `${identityName(from)} gets ID tokens of ${email} and no access tokens.`);
  if (holds('iam.serviceAccounts.actAs'))
    return refusal('act-as-only', `${identityName(from)} may attach ${email} to something that runs, and may start nothing.`);
  return undefined;
}

function said(from: GcpIdentity, email: string, { way, run, allowed }: FoundEscalation): string {
  const by = run === undefined ? way.permission : `${way.permission} and ${run.join(', ')}`;
  const open = isOpen(allowed) ? `; it hangs on ${allowed.join(', ')}` : '';
  return `${identityName(from)} ${way.says.replace(/\bit\b/, email)} (${by})${open}.`;
}

/** Longer searches are cut off: chains of delegates are short. */
const DELEGATES_MAX = 1000;

/**
 * A delegate at the beginning of a chain in which everybody may delegate to the next, and whose last may mint tokens of the account. Walked
 * backwards from the account, over the members that policies name.
 */
function delegateOf(index: GcpIndex, from: GcpIdentity, target: GcpResource): string | undefined {
  const reached = new Set(holdersOf(index, 'iam.serviceAccounts.getAccessToken', target));
  for (const email of reached) {
    const resource = accountResource(index, email);
    if (mayUse(index, from, { permission: DELEGATE, resource })) return email;
    for (const before of reached.size < DELEGATES_MAX ? holdersOf(index, DELEGATE, resource) : []) reached.add(before);
  }
  return undefined;
}

const DELEGATE = 'iam.serviceAccounts.implicitDelegation';

function mayUse(index: GcpIndex, identity: GcpIdentity, asked: { readonly permission: string; readonly resource: GcpResource }): boolean {
  return decide(index, { identity, ...asked, ...(index.asOf === undefined ? {} : { at: index.asOf }) }).allowed === true;
}

/** Enabled service accounts that policies name and that hold the permission on the resource. */
function holdersOf(index: GcpIndex, permission: string, resource: GcpResource): readonly string[] {
  const named = new Set<string>();
  for (const name of resource.lineage) {
    const policy = index.policies.get(name);
    for (const { binding } of policy === undefined ? [] : givingBindings(index, policy, permission))
      for (const text of binding.members) {
        const member = index.member(text);
        if (member.kind === 'service-account' && index.accounts.get(member.email)?.disabled !== true) named.add(member.email);
      }
  }
  return [...named].filter((email) => mayUse(index, { kind: 'service-account', email }, { permission, resource }));
}
