import { type Account, keep, readAndKeep } from './account.ts';
import type { AwsAnswer } from './client.ts';
import { readPages, records } from './pages.ts';

/** The lists that IAM prints although they are empty; an XML answer may leave them out. */
const NO_DETAILS = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };

/** Roles, users, groups and policies; providers with their audiences; instance profiles. */
export async function readIam(account: Account): Promise<void> {
  await Promise.all([readDetails(account), readProviders(account), readInstanceProfiles(account)]);
}

async function readDetails(account: Account): Promise<void> {
  const reading = { operation: 'iam:GetAccountAuthorizationDetails', input: { MaxItems: 1000 } } as const;
  await readPages(account, reading, (page) => {
    const answer = { ...NO_DETAILS, ...page };
    for (const { document } of documentsOf(answer)) account.run.named.add(document, account.id);
    keep(account, reading.operation, answer);
  });
}

/** Every policy document that gives something: of roles, users and groups, and each managed policy's default version. */
function* documentsOf(answer: AwsAnswer): Generator<{ readonly document: unknown }> {
  for (const [list, inline] of [
    ['RoleDetailList', 'RolePolicyList'],
    ['UserDetailList', 'UserPolicyList'],
    ['GroupDetailList', 'GroupPolicyList'],
  ] as const) {
    for (const holder of records(answer[list])) for (const policy of records(holder[inline])) yield { document: policy.PolicyDocument };
  }
  for (const policy of records(answer.Policies))
    for (const version of records(policy.PolicyVersionList)) if (version.IsDefaultVersion === true) yield { document: version.Document };
}

async function readProviders(account: Account): Promise<void> {
  const list = await readAndKeep(account, { operation: 'iam:ListOpenIDConnectProviders' });
  await Promise.all(
    records(list?.OpenIDConnectProviderList).map(async ({ Arn: arn }) => {
      if (typeof arn !== 'string') return;
      await readAndKeep(account, { operation: 'iam:GetOpenIDConnectProvider', input: { OpenIDConnectProviderArn: arn }, about: arn });
    }),
  );
}

async function readInstanceProfiles(account: Account): Promise<void> {
  const reading = { operation: 'iam:ListInstanceProfiles', input: { MaxItems: 1000 } } as const;
  await readPages(account, reading, (page) => keep(account, reading.operation, { InstanceProfiles: [], ...page }));
}
