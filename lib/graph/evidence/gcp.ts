import type { GcpDecision, GcpGrant } from '../../access/gcp/decide.ts';
import { denialEvidence, grantEvidence } from '../../access/gcp/link-evidence.ts';
import { command } from '../../access/shell.ts';
import type { GcpPolicy } from '../../inventory/gcp.ts';
import { allOf, type Closing } from '../closing.ts';
import type { Evidence, Fix } from '../model.ts';

/** Bindings and deny rules that a decision rests on. */
export const decisionEvidence = ({ grants, denials }: GcpDecision): readonly Evidence[] => [
  ...grants.slice(0, 3).map(grantEvidence),
  ...denials.map(denialEvidence),
];

/** `gcloud` words that change the policy of a resource. */
function policyGroup(resource: string): readonly string[] {
  const [collection = '', id = '', kind, name = ''] = resource.split('/');
  if (kind === 'serviceAccounts') return ['iam', 'service-accounts', 'remove-iam-policy-binding', resource];
  if (kind === 'buckets') return ['storage', 'buckets', 'remove-iam-policy-binding', `gs://${name}`];
  if (kind === 'secrets') return ['secrets', 'remove-iam-policy-binding', resource];
  if (collection === 'folders') return ['resource-manager', 'folders', 'remove-iam-policy-binding', id];
  return [collection, 'remove-iam-policy-binding', id];
}

// A name that begins with a dash would be taken for an option.
const NAMED =
  /^(?:projects|folders|organizations)\/[^/-][^/]*(?:\/secrets\/[^/]+)?$|^projects\/[-_]\/(?:serviceAccounts|buckets)\/[^/-][^/]*$/;

/** Whether a member means one principal; sets, groups, domains and `allUsers` mean many. */
const isOne = (member: string): boolean => /^(?:user|serviceAccount|principal):/.test(member);

const MEMBER = /^\/bindings\/(\d{1,6})\/members\/(\d{1,6})$/;

/** The first member of a binding that evidence points at. */
export function grantAt(policies: readonly GcpPolicy[], evidence: readonly Evidence[]): Omit<GcpGrant, 'judgement'> | undefined {
  for (const { kind, name, pointer } of evidence) {
    const [, at, place] = (kind === 'GcpPolicy' && MEMBER.exec(pointer)) || [];
    const policy = at === undefined ? undefined : policies.find(({ resource }) => resource === name);
    const binding = policy?.bindings.find(({ index }) => index === Number(at));
    const member = binding?.members[Number(place)];
    if (policy !== undefined && binding !== undefined && member !== undefined) return { policy, binding, member };
  }
  return undefined;
}

/**
 * Takes a member out of a binding. In a policy with conditions gcloud asks which binding is meant, and a script cannot answer; a condition is not
 * written out, as `--all` takes it and any other of the same role and member.
 * Source: https://cloud.google.com/sdk/gcloud/reference/projects/remove-iam-policy-binding
 */
export function removeBinding({ policy, binding, member }: Omit<GcpGrant, 'judgement'>): Fix {
  const known = NAMED.test(policy.resource);
  const which = binding.condition === undefined ? '--condition=None' : '--all';
  return {
    says: `take ${member} out of ${binding.role} on ${policy.resource}`,
    ...(known
      ? { command: command('gcloud', ...policyGroup(policy.resource), `--member=${member}`, `--role=${binding.role}`, which) }
      : {}),
    sideEffect: `${isOne(member) ? '' : 'everybody whom the member means loses the role; '}tokens that were given out work until they end, an hour as a rule`,
  };
}

/** The change that takes a grant away, as a key that all edges of that grant share. */
export const grantChange = ({ policy, binding, member }: GcpGrant): string => `GcpPolicy/${policy.resource}/${binding.role}/${member}`;

/** What closes a decision by itself: the one grant, where there is just one. */
export const decisionChanges = ({ grants }: GcpDecision): readonly string[] => (grants.length === 1 ? grants.map(grantChange) : []);

/** What closes a decision: every grant that gives it has to go. */
export const decisionClosing = ({ grants }: GcpDecision): Closing => allOf(grants.map((grant) => ({ change: grantChange(grant) })));

/** How to take away the grant that a change of `decisionClosing` names. */
export function decisionFix({ grants }: GcpDecision, change: string): Fix | undefined {
  const grant = grants.find((one) => grantChange(one) === change);
  return grant === undefined ? undefined : removeBinding(grant);
}
