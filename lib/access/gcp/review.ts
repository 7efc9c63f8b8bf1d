import type { Inventory } from '../../inventory/inventory.ts';
import type { CloudAnswer, CloudQuestion, CloudRefusal } from '../cloud/question.ts';
import { decide, type GcpDecision } from './decide.ts';
import { type GcpIndex, indexGcp } from './gcp-index.ts';
import { type GcpIdentity, identityName } from './identity.ts';
import { isOpen } from './judgement.ts';
import { permissionName } from './permission-pattern.ts';
import { questionIdentity } from './question-identity.ts';
import { type GcpResource, gcpResource } from './resource.ts';

/**
 * May a Google identity use a permission on a resource? A role's name in the place of the permission asks whether that role is granted there.
 * `context` states attributes of the request by their CEL names (`request.time`); the time is else that of the inventory. `now` (ISO 8601)
 * overrides it. What names no identity is refused.
 */
export function gcpReview(
  inventory: Inventory,
  question: CloudQuestion,
  options: { readonly now?: string } = {},
): CloudAnswer | CloudRefusal {
  const index = indexGcp(inventory);
  const identity = questionIdentity(inventory, index, question.identity);
  if (identity === undefined)
    return {
      error: `\`${question.identity.slice(0, 300)}\` names no Google identity; give an email, a principal:// name or NAMESPACE/NAME of the cluster`,
    };
  const resource = gcpResource(index, question.resource);
  const at = options.now ?? index.asOf;
  const decision = decide(index, {
    identity,
    permission: permissionName(question.action),
    resource,
    ...(at === undefined ? {} : { at }),
    ...(question.context === undefined ? {} : { context: question.context }),
  });
  return answerOf(index, decision, { identity, resource, action: question.action });
}

interface Asked {
  readonly identity: GcpIdentity;
  readonly resource: GcpResource;
  readonly action: string;
}

function answerOf(index: GcpIndex, decision: GcpDecision, asked: Asked): CloudAnswer {
  const { allowed, denials } = decision;
  const disabled = asked.identity.kind === 'service-account' && index.accounts.get(asked.identity.email)?.disabled === true;
  if (disabled) return { decision: 'ImplicitlyDenied', by: `${identityName(asked.identity)} is disabled and gets no tokens` };
  const denial = denials.find(({ judgement }) => judgement === true);
  if (denial !== undefined)
    return { decision: 'ExplicitlyDenied', by: `deny policy ${denial.policy.name}, rule ${denial.rule?.index ?? ''}` };
  if (isOpen(allowed)) return { decision: 'Conditional', by: grantsText(decision, asked), dependsOn: allowed };
  return { decision: allowed ? 'Allowed' : 'ImplicitlyDenied', by: grantsText(decision, asked) };
}

function grantsText({ grants, groups }: GcpDecision, { identity, resource, action }: Asked): string {
  const [grant] = grants;
  const taken = resource.taken === undefined ? '' : `; ${resource.taken}`;
  const unread = groups.length === 0 ? taken : `${taken}; members of ${groups.slice(0, 3).join(', ')} were not read and not counted`;
  if (grant === undefined) return `no binding gives ${identityName(identity)} ${action} on ${resource.name}${unread}`;
  const { policy, binding, member } = grant;
  const condition = binding.condition === undefined ? '' : ` on condition ${binding.condition.title ?? binding.condition.expression}`;
  return `${binding.role} to ${member} in the policy of ${policy.resource} (binding ${binding.index})${condition}${unread}`;
}
