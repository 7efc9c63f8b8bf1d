import { because, denialWords } from './access-words.ts';
import type { AwsIndex } from './aws-index.ts';
import { type AccessQuestion, type Asked, type Grant, type Investigation, investigate, type Requirement } from './investigation.ts';
import type { PolicyVerdict } from './policy.ts';
import { type DecidingStatement, decidingStatement, type Hit, surest } from './policy-set.ts';
import { isRole } from './principal-policies.ts';
import type { GrantKind } from './resource-policy.ts';

export type { AccessQuestion } from './investigation.ts';
export type { DecidingStatement } from './policy-set.ts';

/** A decision, what made it, and what it hangs on. */
export interface AccessAnswer {
  readonly verdict: PolicyVerdict;
  /** The statements that decided; none where nothing allows. */
  readonly by: readonly DecidingStatement[];
  /**
   * In short words: what allows (`inline shop-assets-read`, with `Conditional` what would), else what denies or leaves out (`inline guard`,
   * `permissions boundary`, `SCP data-services-only`), `condition` where only a condition keeps it out, `no allow`.
   */
  readonly because: string;
  /** Condition keys and policies that are not known; only with `Conditional`. */
  readonly dependsOn: readonly string[];
}

/**
 * Evaluates as IAM does: a Deny anywhere decides; else every level of the organisation has to allow, and the principal's policies within its
 * boundary and session policies, or the resource's policy, or across accounts both. Three-valued: what hangs on something unknown is
 * `Conditional` and says on what. A bucket or queue whose policy was not read is taken to have none for its own account; a resource whose
 * owner nothing tells is taken to be of the principal's account. Resource control policies and the policies of VPC endpoints are not looked at.
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html,
 * …/reference_policies_evaluation-logic-cross-account.html, …/access_policies_boundaries.html (boundaries beside resource policies),
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html (keys)
 */
export function evaluateAccess(index: AwsIndex, question: AccessQuestion): AccessAnswer {
  return weigh(investigate(index, question));
}

/** Makes the decision of what was found. */
export function weigh(found: Investigation): AccessAnswer {
  const denying = allAsked(found).filter(({ finding }) => finding.deny !== false);
  const sure = denying.find(({ finding }) => finding.deny === true);
  if (sure !== undefined) {
    const hits = surest(sure.finding.denies);
    return { verdict: 'ExplicitlyDenied', by: hits.map(decidingStatement), because: denialWords(hits), dependsOn: [] };
  }
  const ways = waysOf(found);
  const open = ways.filter((way) => way.every(({ truth }) => truth !== false));
  if (open.length === 0) {
    // The first way is the ordinary one, by the principal's own policies: what fails in it first is the answer.
    const failed = ways[0]?.find(({ truth }) => truth === false);
    return { verdict: 'ImplicitlyDenied', by: [], because: because(found, failed), dependsOn: [] };
  }
  const certain = open.find((way) => way.every(({ truth }) => truth === true));
  const taken = certain === undefined ? open.flat() : certain;
  const allowing = taken.flatMap(({ hits }) => surest(hits));
  if (certain !== undefined && denying.length === 0)
    return { verdict: 'Allowed', by: unique(allowing).map(decidingStatement), because: because(found, certain), dependsOn: [] };
  const dependsOn = [
    ...(certain === undefined ? taken.flatMap((requirement) => requirement.hangsOn) : []),
    ...denying.flatMap(({ finding }) => finding.denyHangsOn),
  ];
  const hits = unique([...allowing, ...denying.flatMap(({ finding }) => finding.denies)]);
  return {
    verdict: 'Conditional',
    by: hits.map(decidingStatement),
    because: because(found, taken) || 'condition',
    dependsOn: [...new Set(dependsOn)].sort(),
  };
}

function allAsked({ identity, boundary, sessions, organization, granted }: Investigation): Asked[] {
  return [
    identity,
    ...(boundary === undefined ? [] : [boundary]),
    ...sessions,
    ...organization,
    ...(granted === undefined ? [] : [granted]),
  ];
}

/** The ways in which the request may be allowed; each needs all of its requirements. */
function waysOf(found: Investigation): readonly (readonly Requirement[])[] {
  const { question, identity, boundary, sessions, organization, resource, granted } = found;
  const own = requirement('identity', identity);
  const limits = [
    ...(boundary === undefined ? [] : [requirement('boundary', boundary)]),
    ...sessions.map((session) => requirement('session', session)),
  ];
  const levels = organization.map((level) => requirement('organization', level));
  const across = resource.owner !== undefined && resource.owner !== question.principal.account;
  const ordinary = [own, ...limits, ...levels];
  if (across || resource.mustAllow) ordinary.push(resourceRequirement(found));
  if (across || granted === undefined) return [ordinary];
  const ways: (readonly Requirement[])[] = [ordinary];
  const { grants } = granted;
  const direct = (kind: GrantKind): Requirement | undefined => grantRequirement(grants.get(kind));
  const principal = direct('principal');
  const everyone = direct('everyone');
  const session = direct('session');
  // A user that is named is not limited by what its boundary leaves out, a role is; for `*` beside a role that is not documented.
  if (principal !== undefined) ways.push([principal, ...(isRole(question.principal) ? limits : []), ...levels]);
  if (everyone !== undefined) ways.push([everyone, ...(isRole(question.principal) ? limits.map(softened) : []), ...levels]);
  if (session !== undefined) ways.push([session, ...levels]);
  return ways;
}

function requirement(of: Requirement['of'], asked: Asked): Requirement {
  const { allow, allows, allowHangsOn } = asked.finding;
  return { truth: allow, hits: allows, hangsOn: allowHangsOn, of, asked };
}

function grantRequirement(grant: Grant | undefined): Requirement | undefined {
  return grant === undefined ? undefined : { truth: grant.truth, hits: grant.hits, hangsOn: grant.hangsOn, of: 'resource' };
}

/** That the resource's policy allows, whomever it names. */
function resourceRequirement({ resource, granted }: Investigation): Requirement {
  if (granted !== undefined) return requirement('resource', granted);
  if (resource.read) return { truth: false, hits: [], hangsOn: [], of: 'resource' };
  return { truth: 'unknown', hits: [], hangsOn: [`the ${resource.label} of ${resource.name}`], of: 'resource' };
}

const softened = (limit: Requirement): Requirement =>
  limit.truth === false
    ? {
        ...limit,
        truth: 'unknown',
        hangsOn: [`what AWS makes of Principal * beside a ${limit.of === 'boundary' ? 'permissions boundary' : 'session policy'}`],
      }
    : limit;

/** The same statement may count at several levels. */
function unique(hits: readonly Hit[]): Hit[] {
  const seen = new Map<object, Hit>();
  for (const hit of hits) if (!seen.has(hit.statement)) seen.set(hit.statement, hit);
  return [...seen.values()];
}
