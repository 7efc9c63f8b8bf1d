import type { Gap } from '../../inventory/gap.ts';
import { type Account, keep, type Run } from './account.ts';
import type { AwsConnection, AwsIdentity } from './client.ts';
import type { AwsFault } from './fault.ts';
import { ASSUME_ROLE } from './operations.ts';

/** Credentials that opened no account. */
export interface Refusal {
  readonly gap: Omit<Gap, 'id'>;
  /** Whether the same may work a little later. */
  readonly retryable: boolean;
}

interface Opened {
  readonly identity: AwsIdentity;
  readonly connection: AwsConnection;
}

/** Asks every connection which account it is in. Of several in one account the first is taken. */
export async function identify(
  run: Run,
  opened: readonly Opened[],
): Promise<{ readonly accounts: readonly Account[]; readonly refusals: readonly Refusal[] }> {
  const accounts = new Map<string, Account>();
  const refusals: Refusal[] = [];
  const operation = 'sts:GetCallerIdentity' as const;
  const outcomes = await Promise.all(opened.map(({ connection }) => run.slots(() => connection.call({ operation }))));
  for (const [at, { answer, fault }] of outcomes.entries()) {
    const { identity, connection } = opened[at] as Opened;
    if (fault !== undefined) {
      refusals.push(refusalOf(identity, fault));
      continue;
    }
    const { Account: id, Arn: caller } = answer;
    if (typeof id !== 'string' || typeof caller !== 'string' || accounts.has(id)) continue;
    const account: Account = { id, caller, run, connection };
    accounts.set(id, account);
    keep(account, operation, answer);
  }
  return { accounts: [...accounts.values()], refusals };
}

function refusalOf(identity: AwsIdentity, fault: AwsFault): Refusal {
  const { profile, roleArn } = identity;
  const whose =
    roleArn === undefined ? (profile === undefined ? 'the default credential chain' : `profile \`${profile}\``) : `role \`${roleArn}\``;
  return {
    gap: {
      source: 'aws',
      what: `the AWS account of ${whose}`,
      ...causeOf(identity, whose, fault),
      ...(roleArn !== undefined && fault.kind === 'denied' ? { permission: `${ASSUME_ROLE} on ${roleArn}` } : {}),
    },
    retryable: fault.kind === 'unreachable' || fault.kind === 'throttled' || fault.kind === 'cut',
  };
}

function causeOf(
  { profile, roleArn }: AwsIdentity,
  whose: string,
  { kind, code }: AwsFault,
): { readonly why: string; readonly remedy: string } {
  const check = `try \`aws sts get-caller-identity${profile === undefined ? '' : ` --profile ${profile}`}\``;
  if (kind === 'unreachable') {
    return { why: `the endpoint of AWS STS cannot be reached (${code})`, remedy: 'check the network, AWS_REGION and AWS_ENDPOINT_URL' };
  }
  if (kind === 'denied' && roleArn !== undefined) {
    return {
      why: `${whose} may not be assumed (${code})`,
      remedy: `allow ${ASSUME_ROLE} on it, and the caller in its trust policy; ${check} to see who calls`,
    };
  }
  if (code === 'CredentialsProviderError') {
    return {
      why: `${whose} gives no AWS credentials`,
      remedy: `sign in (\`aws sso login\`, \`aws configure\`) or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, then ${check}`,
    };
  }
  if (kind === 'credentials') {
    return { why: `AWS does not accept the credentials of ${whose} (${code})`, remedy: `sign in again, then ${check}` };
  }
  if (kind === 'cut') return { why: 'the time was over before AWS said whose the credentials are', remedy: 'allow more time' };
  return { why: `AWS does not say whose the credentials of ${whose} are (${code})`, remedy: check };
}
