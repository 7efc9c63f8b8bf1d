import type { Inventory } from '../../inventory/inventory.ts';
import type { CloudAnswer, CloudQuestion, CloudRefusal } from '../cloud/question.ts';
import { type AzureDecision, authorize } from './authorize.ts';
import { type AzureIndex, indexAzure } from './azure-index.ts';
import { type ActionPlanes, planesOf } from './data-action.ts';
import { findPrincipal, refusalOf } from './principal.ts';
import { scopeOf, subscriptionOf } from './resource-scope.ts';

/** The context key by which a caller says on which plane the action is: `true` for a data action. */
const DATA_ACTION = 'dataaction';

/**
 * Whether an Azure identity may do something to a resource. `identity`: client id, principal id, resource id or name; `resource`: a scope or
 * resource id; `context`: attributes for conditions (see `ConditionRequest`), and `dataAction` (`true`, `false`) where the action's
 * plane is to be given rather than found out.
 */
export function azureReview(inventory: Inventory, question: Omit<CloudQuestion, 'provider'>): CloudAnswer | CloudRefusal {
  const index = indexAzure(inventory);
  const search = findPrincipal(index, question.identity);
  if (search.found !== 'one') return refusalOf(search, question.identity);
  const { principalId, name } = search.principal;
  if (principalId === undefined) return withoutPrincipal(index, name);
  const { action, context } = question;
  const resource = scopeOf(question.resource);
  if (resource === undefined)
    return { error: `\`${question.resource.slice(0, 300)}\` is no scope; give a resource id as /subscriptions/…` };
  const request = { action, resource, ...(context === undefined ? {} : { context }) };
  const planes = givenPlanes(context) ?? planesOf(index, action);
  const answers = [
    ...(planes.control ? [authorize(index, principalId, { ...request, data: false })] : []),
    ...(planes.data ? [authorize(index, principalId, { ...request, data: true })] : []),
  ];
  return answerOf(joined(answers, action), unreadAssignments(index, resource));
}

const conditional = (by: string, dependsOn: string): CloudAnswer => ({ decision: 'Conditional', by, dependsOn: [dependsOn] });

function withoutPrincipal({ azure }: AzureIndex, name: string): CloudAnswer {
  if (azure.servicePrincipalsRead)
    return { decision: 'ImplicitlyDenied', by: `application \`${name}\` has no service principal in the tenant` };
  return conditional(`the service principal of \`${name}\` was not read`, `service principal of \`${name}\``);
}

function givenPlanes(context: CloudQuestion['context']): ActionPlanes | undefined {
  for (const [key, [value]] of context ?? []) {
    if (key.toLowerCase() !== DATA_ACTION || value === undefined) continue;
    const data = value.toLowerCase() === 'true';
    return { control: !data, data };
  }
  return undefined;
}

/** An action of both planes is allowed where both agree; else it hangs on which is meant. */
function joined(answers: readonly AzureDecision[], action: string): AzureDecision {
  const [first, second] = answers as [AzureDecision, AzureDecision?];
  if (second === undefined || second.decision === first.decision) return first;
  const allows = first.decision === 'Allowed' || first.decision === 'Conditional' ? first : second;
  return {
    ...allows,
    decision: 'Conditional',
    dependsOn: [...allows.dependsOn, `whether \`${action}\` is asked of the resource or of its data`],
  };
}

/** Where assignments were not read, that none allows says nothing. */
function unreadAssignments({ azure }: AzureIndex, resource: string): string | undefined {
  const subscription = subscriptionOf(resource);
  const read = azure.subscriptionsWithAssignments;
  if (subscription === undefined) return read.length === 0 ? 'role assignments, of which none were read whole' : undefined;
  return read.includes(subscription) ? undefined : `role assignments of subscription \`${subscription}\`, which were not read whole`;
}

function answerOf({ decision, by, dependsOn }: AzureDecision, unread: string | undefined): CloudAnswer {
  if (decision === 'ImplicitlyDenied' && unread !== undefined) return { decision: 'Conditional', by, dependsOn: [unread] };
  return { decision, by, ...(dependsOn.length === 0 ? {} : { dependsOn }) };
}
