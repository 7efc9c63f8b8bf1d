import type { Inventory } from '../../inventory/inventory.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import { readPolicyDocument } from '../../inventory/normalise/aws-policy-document.ts';
import type { CloudAnswer, CloudQuestion, CloudRefusal } from '../cloud/question.ts';
import { evaluateAccess } from './access.ts';
import { type AwsIndex, indexAws } from './aws-index.ts';
import { awsPrincipal } from './principals.ts';
import { statedContext } from './request-context.ts';

/** May a role or a user of AWS do something? A context that is given says all that the caller chooses (`statedContext`). */
export function awsReview(
  inventory: Pick<Inventory, 'aws' | 'cluster'>,
  question: Omit<CloudQuestion, 'provider'>,
): CloudAnswer | CloudRefusal {
  const read = indexAws(inventory);
  const principal = awsPrincipal(read, question.identity);
  if ('error' in principal) return principal;
  const index = question.resourcePolicy === undefined ? read : supposing(read, question.resource, question.resourcePolicy);
  if ('error' in index) return index;
  const { action, resource, context } = question;
  const { verdict, because, dependsOn } = evaluateAccess(index, {
    principal,
    action,
    resource,
    ...(context === undefined ? {} : { context: statedContext(context) }),
  });
  return { decision: verdict, by: because, ...(dependsOn.length === 0 ? {} : { dependsOn }) };
}

/** The same account data with another policy on one resource. */
function supposing(index: AwsIndex, resource: string, text: unknown): AwsIndex | CloudRefusal {
  const { document, problem } = readPolicyDocument(text);
  if (problem !== undefined) return { error: `\`resourcePolicy\` is no policy document: ${problem.why} at \`${problem.pointer}\`` };
  const known = index.resourcePolicies.get(resource);
  const account = known?.account ?? splitArn(resource)?.account;
  const supposed = { arn: resource, ...(account === undefined || account === '' ? {} : { account }), document };
  return { ...index, resourcePolicies: new Map(index.resourcePolicies).set(resource, supposed) };
}
