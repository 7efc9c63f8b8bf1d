import type { Inventory } from '../../inventory/inventory.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import type { AssumeAnswer, AssumeQuestion, CloudRefusal } from '../cloud/question.ts';
import { indexAws, isRoleArn } from './aws-index.ts';
import { awsPrincipal } from './principals.ts';
import { statedContext } from './request-context.ts';
import { canAssumeRole } from './role-chain.ts';

/** Keys that make a call one with session tags, which needs sts:TagSession too. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
const SESSION_TAGS = /^(?:aws:requesttag\/|aws:tagkeys$|sts:transitivetagkeys$)/i;

/** May a role or a user of AWS get another role? A context that is given says all that the caller chooses (`statedContext`). */
export function awsAssume(
  inventory: Pick<Inventory, 'aws' | 'cluster'>,
  { from, to, context }: AssumeQuestion,
): AssumeAnswer | CloudRefusal {
  const index = indexAws(inventory);
  const caller = awsPrincipal(index, from);
  if ('error' in caller) return caller;
  const target = index.roles.get(to);
  if (target === undefined) return absentTarget(to, index.accounts);
  const tags = [...(context?.keys() ?? [])].some((key) => SESSION_TAGS.test(key));
  const { values, isAbsent } = statedContext(context ?? new Map());
  const { canAssume, code, reason } = canAssumeRole(index, {
    from: caller,
    to: target,
    actions: tags ? ['sts:AssumeRole', 'sts:TagSession'] : ['sts:AssumeRole'],
    context: values,
    isAbsent: context === undefined ? () => false : isAbsent,
  });
  return { allowed: canAssume, code: code === 'tag-mismatch' ? 'target-tag-mismatch' : code, reason };
}

function absentTarget(to: string, accounts: ReadonlySet<string>): AssumeAnswer {
  if (!isRoleArn(to)) return { allowed: false, code: 'invalid-arn', reason: `\`${to}\` is no ARN of an IAM role.` };
  const account = splitArn(to)?.account ?? '';
  if (accounts.has(account)) return { allowed: false, code: 'role-missing', reason: `Account ${account} has no role \`${to}\`.` };
  return { allowed: 'conditional', code: 'role-not-read', reason: `The roles of account ${account} were not read.` };
}
