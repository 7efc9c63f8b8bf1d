import { type CloudLinkState, pointedState } from '../cloud/link.ts';
import { decide, type GcpDecision, type GcpGrant } from './decide.ts';
import type { GcpIndex } from './gcp-index.ts';
import type { GcpIdentity } from './identity.ts';
import { isOpen, type Judgement } from './judgement.ts';
import type { Member } from './members.ts';
import { nearestMiss } from './nearest-miss.ts';
import { type GcpResource, gcpResource } from './resource.ts';

/** What turns a principal into a Google service account: IAM Credentials `generateAccessToken`. */
export const GET_ACCESS_TOKEN = 'iam.serviceAccounts.getAccessToken';

/** Whether an identity gets access tokens of a service account, with a code for machines and a sentence for people. */
export interface Impersonation {
  readonly works: boolean | 'conditional';
  readonly code: string;
  readonly reason: string;
  readonly dependsOn: readonly string[];
  readonly decision: GcpDecision;
  /** Where it does not work: the member that comes nearest to letting the identity in. */
  readonly nearest?: Pick<GcpGrant, 'policy' | 'binding' | 'member'>;
}

/** The account as a resource; made once, as many identities are asked about one. */
export const accountResource = (index: GcpIndex, email: string): GcpResource => gcpResource(index, `projects/-/serviceAccounts/${email}`);

/** May the identity mint access tokens of the service account behind the resource? A disabled one gives none. */
export function impersonation(index: GcpIndex, identity: GcpIdentity, account: GcpResource): Impersonation {
  const email = account.name.slice(account.name.lastIndexOf('/') + 1);
  const decision = decide(index, {
    identity,
    permission: GET_ACCESS_TOKEN,
    resource: account,
    ...(index.asOf === undefined ? {} : { at: index.asOf }),
  });
  const answer = (works: Impersonation['works'], code: string, reason: string, dependsOn: readonly string[] = []): Impersonation => ({
    works,
    code,
    reason,
    dependsOn,
    decision,
  });
  if (index.accounts.get(email)?.disabled === true) return answer(false, 'gsa-disabled', 'The service account is disabled.');
  if (decision.allowed === false) {
    if (decision.denials.length > 0 && decision.grants.length > 0)
      return answer(false, 'denied', `The deny policy ${decision.denials[0]?.policy.name} takes the permission away.`);
    const miss = nearestMiss(index, identity, account);
    return { ...answer(false, miss.code, miss.reason), ...(miss.at === undefined ? {} : { nearest: miss.at }) };
  }
  if (isOpen(decision.allowed))
    return answer('conditional', openCode(decision), `It hangs on ${decision.allowed.join(', ')}.`, decision.allowed);
  const grant = bestGrant(index, decision.grants) as GcpGrant;
  return answer(true, grantCode(index, grant), grantReason(index, grant, account));
}

/** The narrowest grant that holds says most. */
export function bestGrant(index: GcpIndex, grants: readonly GcpGrant[]): GcpGrant | undefined {
  const holding = grants.filter(({ judgement }) => judgement === true);
  const rank = (grant: GcpGrant): number => CODES.indexOf(memberCode(index.member(grant.member)));
  return (holding.length > 0 ? holding : grants).toSorted((one, other) => rank(one) - rank(other))[0];
}

/** Narrowest first. */
const CODES = ['exact', 'uid', 'namespace', 'attribute', 'cluster', 'pool', 'project', 'everyone'];

/** How much a member means. */
function memberCode(member: Member): string {
  if (member.kind === 'accounts-under') return 'project';
  if (member.kind === 'everyone' || member.kind === 'authenticated') return 'everyone';
  if (member.kind !== 'pool' || member.who.kind === 'subject') return 'exact';
  if (member.who.kind === 'all') return 'pool';
  const { name } = member.who;
  if (name === 'namespace') return 'namespace';
  return name === 'kubernetes.cluster' ? 'cluster' : name === 'kubernetes.serviceaccount.uid' ? 'uid' : 'attribute';
}

const grantCode = (index: GcpIndex, { binding, member }: GcpGrant): string =>
  binding.condition === undefined ? memberCode(index.member(member)) : 'condition-true';

const WHOM = new Map([
  ['exact', 'Member names it'],
  ['uid', 'Member names its UID'],
  ['everyone', 'Granted to everybody'],
]);

function grantReason(index: GcpIndex, { policy, binding, member }: GcpGrant, account: GcpResource): string {
  const where = policy.resource === account.name ? '' : ` on ${policy.resource}, for every service account below it`;
  const condition =
    binding.condition === undefined ? '' : `; the condition ${binding.condition.title ?? binding.condition.expression} holds`;
  const code = memberCode(index.member(member));
  return `${WHOM.get(code) ?? `Granted to the whole ${code}`}: ${binding.role} to ${member}${where}${condition}.`;
}

function openCode({ grants, denials, allowed }: GcpDecision): string {
  if (denials.some(({ judgement }) => isOpen(judgement)) && grants.some(({ judgement }) => judgement === true)) return 'deny-unknown';
  if (grants.some(({ binding, judgement }) => isOpen(judgement) && binding.condition !== undefined)) return 'condition-unknown';
  const on = (allowed as Judgement & readonly string[]).join('\n');
  if (on.includes('the permissions of ')) return 'role-unread';
  return on.includes('which was not read') ? 'policy-unread' : 'unknown';
}

/** The state of a link that something points at. */
export const stateOf = (works: boolean | 'conditional', pointed: boolean): CloudLinkState =>
  pointed || works !== true ? pointedState(works) : 'possible';
