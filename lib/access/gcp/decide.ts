import type { GcpBinding, GcpDenyPolicy, GcpDenyRule, GcpPolicy } from '../../inventory/gcp.ts';
import { conditionHolds, type GcpCircumstances } from './condition.ts';
import type { GcpIndex } from './gcp-index.ts';
import { type GivingMember, givingMembers, isRole } from './giving.ts';
import type { GcpIdentity } from './identity.ts';
import { both, either, isOpen, type Judgement } from './judgement.ts';
import { memberMeans } from './member-match.ts';
import type { Member } from './members.ts';
import { coversDenied } from './permission-pattern.ts';
import type { GcpResource } from './resource.ts';

/** May the identity use the permission on the resource? `roles/…` in the permission's place asks whether the role is granted there. */
export interface GcpRequest extends GcpCircumstances {
  readonly identity: GcpIdentity;
  readonly permission: string;
  readonly resource: GcpResource;
}

/** A binding that gives, or may give, what was asked for. */
export interface GcpGrant {
  readonly policy: GcpPolicy;
  readonly binding: GcpBinding;
  /** The member that means the identity, as it is written. */
  readonly member: string;
  readonly judgement: Judgement;
}

export interface GcpDenial {
  readonly policy: GcpDenyPolicy;
  readonly rule?: GcpDenyRule;
  readonly judgement: Judgement;
}

export interface GcpDecision {
  /** After what deny policies take away. */
  readonly allowed: Judgement;
  /** Grants that hold, or may: those that hold first. */
  readonly grants: readonly GcpGrant[];
  /** Denials that apply, or may. */
  readonly denials: readonly GcpDenial[];
  /** Groups that hold the permission, whose members nobody read: they are not counted. */
  readonly groups: readonly string[];
}

/**
 * Deny policies of the resource's projects, folders and organisation first, then the union of the allow policies of the resource and of
 * everything above it. What of the resource or of its project was not read makes a no open; what stands above is told by gaps.
 * Source: https://cloud.google.com/iam/docs/policy-types#evaluation
 */
export function decide(index: GcpIndex, request: GcpRequest): GcpDecision {
  const denials = denialsOf(index, request);
  const groups = new Set<string>();
  const grants: GcpGrant[] = [];
  for (const name of request.resource.lineage) grants.push(...grantsIn(index, request, { name, groups }));
  for (const name of request.resource.candidates ?? [])
    for (const grant of grantsIn(index, request, { name, groups }))
      grants.push({ ...grant, judgement: both(grant.judgement, [`whether ${request.resource.name} lies in ${name}`]) });
  grants.sort((one, other) => Number(isOpen(one.judgement)) - Number(isOpen(other.judgement)));
  let allowed: Judgement = grants.reduce<Judgement>((sum, { judgement }) => either(sum, judgement), false);
  if (allowed !== true) allowed = either(allowed, unread(index, request.resource));
  const denied = denials.reduce<Judgement>((sum, { judgement }) => either(sum, judgement), false);
  return { allowed: both(allowed, isOpen(denied) ? denied : !denied), grants, denials, groups: [...groups] };
}

/** What the policy of one resource gives: of each binding the member that means the identity most surely. */
function grantsIn(
  index: GcpIndex,
  request: GcpRequest,
  { name, groups }: { readonly name: string; readonly groups: Set<string> },
): GcpGrant[] {
  const policy = index.policies.get(name);
  if (policy === undefined) return [];
  const giving = givingMembers(index, policy, request);
  for (const group of giving.groups) groups.add(group);
  const best = new Map<GcpBinding, { readonly giving: GivingMember; readonly means: Judgement }>();
  for (const one of giving.members) {
    if (best.get(one.binding)?.means === true) continue;
    const means = memberOrConvenience(index, one.member, request);
    if (means === true || (means !== false && !best.has(one.binding))) best.set(one.binding, { giving: one, means });
  }
  return [...best.values()].flatMap(({ giving: { binding, held, text }, means }) => {
    const judgement = both(means, both(held, conditionHolds(binding.condition, request.resource, request)));
    return judgement === false ? [] : [{ policy, binding, member: text, judgement }];
  });
}

/** `projectEditor:P` means whoever has `roles/editor` on the project by a binding of its own policy. */
function memberOrConvenience(index: GcpIndex, member: Member, request: GcpRequest): Judgement {
  if (member.kind !== 'convenience') return memberMeans(index, member, request.identity);
  let found: Judgement = false;
  for (const { role, members, condition } of index.policies.get(`projects/${member.project}`)?.bindings ?? []) {
    if (role !== member.role) continue;
    for (const text of members)
      found = either(
        found,
        both(memberMeans(index, index.member(text), request.identity), conditionHolds(condition, request.resource, request)),
      );
  }
  return found;
}

/** What is missing of the policies that could allow: of the resource itself where it has one of its own, and of its project. */
function unread(index: GcpIndex, resource: GcpResource): Judgement {
  const missing: string[] = [];
  if (resource.unknown !== undefined) missing.push(resource.unknown);
  const project = resource.lineage.find((name) => /^projects\/[^/]+$/.test(name));
  if (project !== undefined && !index.policies.has(project)) missing.push(`the allow policy of ${project}, which was not read`);
  const own = resource.lineage.find((name) =>
    /^(?:projects\/-\/serviceAccounts\/[^/]+|projects\/_\/buckets\/[^/]+|projects\/[^/]+\/secrets\/[^/]+)$/.test(name),
  );
  if (own !== undefined && !index.policies.has(own)) missing.push(`the allow policy of ${own}, which was not read`);
  return missing.length === 0 ? false : missing;
}

function denialsOf(index: GcpIndex, request: GcpRequest): readonly GcpDenial[] {
  if (isRole(request.permission)) return [];
  const found: GcpDenial[] = [];
  for (const name of request.resource.lineage)
    for (const policy of index.denyPolicies.get(name) ?? []) {
      if (policy.rules === undefined) found.push({ policy, judgement: [`the rules of ${policy.name}, which were not read`] });
      for (const rule of policy.rules ?? []) {
        const judgement = ruleDenies(index, rule, request);
        if (judgement !== false) found.push({ policy, rule, judgement });
      }
    }
  return found;
}

/** Exceptions win over what is denied; members of excepted groups were not read and count as not excepted. */
function ruleDenies(index: GcpIndex, rule: GcpDenyRule, request: GcpRequest): Judgement {
  const covers = (permissions: readonly string[]): boolean => permissions.some((denied) => coversDenied(denied, request.permission));
  if (!covers(rule.deniedPermissions) || covers(rule.exceptionPermissions)) return false;
  const meant = (members: readonly string[]): Judgement =>
    members.reduce<Judgement>((sum, text) => either(sum, memberMeans(index, index.member(text), request.identity)), false);
  const excepted = meant(rule.exceptionPrincipals);
  const spared: Judgement = isOpen(excepted) ? excepted : !excepted;
  return both(both(meant(rule.deniedPrincipals), spared), conditionHolds(rule.denialCondition, request.resource, request));
}
