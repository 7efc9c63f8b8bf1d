import type { Investigation, Requirement } from './investigation.ts';
import { type Hit, keptOutByCondition, type PlacedPolicy, surest } from './policy-set.ts';

/** What denied: the policy, and for one that has many statements of many people its statement. */
export function denialWords(hits: readonly Hit[]): string {
  const [first] = hits;
  if (first === undefined) return 'a policy';
  const { policy, statement } = first;
  const shared = policy.kind === 'boundary' || policy.kind === 'resource' || policy.kind === 'session';
  return shared && statement.source.sid !== undefined ? `${policy.label} ${statement.source.sid}` : policy.label;
}

/** Why it is allowed (all requirements of the way that was taken) or what keeps it out (the requirement that failed first). */
export function because(found: Investigation, decided: readonly Requirement[] | Requirement | undefined): string {
  if (decided === undefined) return 'no allow';
  if (isFailed(decided)) return failureWords(found, decided);
  const words = new Map<string, string>();
  for (const { of, hits } of decided) {
    if (of === 'organization') continue;
    for (const { policy, statement } of surest(hits)) words.set(allowWords(policy, statement.source.principals), LINKS[policy.kind]);
  }
  return [...words].map(([word, link], at) => (at === 0 ? word : `${link}${word}`)).join('');
}

/** How a policy is joined to those before it: limits by `and`, whatever adds something by `+`. */
const LINKS = { inline: ' + ', managed: ' + ', resource: ' + ', boundary: ' and ', session: ' and ', scp: ' and ' } as const;

const isFailed = (decided: readonly Requirement[] | Requirement): decided is Requirement => 'truth' in decided;

function allowWords(policy: PlacedPolicy, principals: readonly { readonly value: string }[] | undefined): string {
  if (policy.kind === 'boundary') return 'boundary';
  if (policy.kind !== 'resource') return policy.label;
  return principals?.some(({ value }) => /^\d{12}$|:root$/.test(value)) === true ? `${policy.label} root` : policy.label;
}

function failureWords({ request, resource }: Investigation, { of, asked }: Requirement): string {
  switch (of) {
    case 'identity':
      return asked !== undefined && keptOutByCondition(asked.set, request) ? 'condition' : 'no allow';
    case 'boundary':
      return 'permissions boundary';
    case 'session':
      return 'session policy';
    case 'organization': {
      const names = new Set((asked?.set.policies ?? []).map(({ label }) => label));
      return names.size === 0 ? 'SCP' : [...names].join(' and ');
    }
    case 'resource':
      return resource.label;
  }
}
