import type { AwsRole, AwsUser } from '../../inventory/aws.ts';
import { splitArn } from '../../inventory/normalise/aws-arn.ts';
import type { CloudRefusal } from '../cloud/question.ts';
import type { AwsIndex } from './aws-index.ts';

/** The role or user of an ARN, also of a role's session (`arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`), or why there is none. */
export function awsPrincipal(index: AwsIndex, text: string): AwsRole | AwsUser | CloudRefusal {
  const found = index.roles.get(text) ?? index.users.get(text);
  if (found !== undefined) return found;
  const arn = splitArn(text);
  if (arn === undefined) return { error: `\`${text}\` is no ARN; name a role as \`arn:aws:iam::ACCOUNT:role/NAME\`` };
  const name = arn.service === 'sts' && arn.resource.startsWith('assumed-role/') ? arn.resource.split('/', 2)[1] : undefined;
  if (name !== undefined) {
    for (const role of index.roles.values()) if (role.account === arn.account && role.name === name) return role;
  }
  if (index.accounts.has(arn.account)) return { error: `account ${arn.account} has no role or user \`${text}\`` };
  return { error: `the roles of account ${arn.account} were not read; add its get-account-authorization-details to the snapshot` };
}
