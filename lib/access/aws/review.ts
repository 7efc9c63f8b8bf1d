import type { Inventory } from '../../inventory/inventory.ts';
import type { CloudAnswer, CloudQuestion, CloudRefusal } from '../cloud/question.ts';
import { evaluateAccess } from './access.ts';
import { indexAws } from './aws-index.ts';
import { awsPrincipal } from './principals.ts';
import { statedContext } from './request-context.ts';

/** May a role or a user of AWS do something? A context that is given says all that the caller chooses (`statedContext`). */
export function awsReview(
  inventory: Pick<Inventory, 'aws' | 'cluster'>,
  question: Omit<CloudQuestion, 'provider'>,
): CloudAnswer | CloudRefusal {
  const index = indexAws(inventory);
  const principal = awsPrincipal(index, question.identity);
  if ('error' in principal) return principal;
  const { action, resource, context } = question;
  const { verdict, because, dependsOn } = evaluateAccess(index, {
    principal,
    action,
    resource,
    ...(context === undefined ? {} : { context: statedContext(context) }),
  });
  return { decision: verdict, by: because, ...(dependsOn.length === 0 ? {} : { dependsOn }) };
}
