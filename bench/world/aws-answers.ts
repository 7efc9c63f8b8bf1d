import { ACCOUNT, CLUSTER_NAME, ISSUER, type NamespacePlan, REGION, roleArn, roleName } from './plan.ts';

/** The account as the `aws` command prints it: path under the account's folder, and answer. */
export function awsAnswers(namespaces: readonly NamespacePlan[]): readonly (readonly [path: string, answer: unknown])[] {
  const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
  const cluster = {
    arn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${CLUSTER_NAME}`,
    identity: { oidc: { issuer: `https://${ISSUER}` } },
    name: CLUSTER_NAME,
    status: 'ACTIVE',
    version: '1.34',
  };
  return [
    ['sts-get-caller-identity.json', { Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/bench`, UserId: 'AIDABENCH' }],
    ['eks-describe-cluster/bench.json', { cluster }],
    ['iam-list-open-id-connect-providers.json', { OpenIDConnectProviderList: [{ Arn: provider }] }],
    [
      `iam-get-open-id-connect-provider/${ISSUER.replaceAll('/', '_')}.json`,
      { ClientIDList: ['sts.amazonaws.com'], CreateDate: '2026-01-10T09:00:00Z', ThumbprintList: [], Url: ISSUER },
    ],
    [
      'iam-get-account-authorization-details.json',
      {
        GroupDetailList: [],
        IsTruncated: false,
        Policies: [],
        RoleDetailList: namespaces.filter((plan) => plan.cloud).map((plan) => roleDetail(plan, provider)),
        UserDetailList: [],
      },
    ],
  ];
}

function roleDetail(plan: NamespacePlan, provider: string): unknown {
  const trust = {
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: `system:serviceaccount:${plan.name}:ingest` } },
    Effect: 'Allow',
    Principal: { Federated: provider },
  };
  const bucket = `arn:aws:s3:::bench-${plan.name}`;
  const statements =
    plan.index % 40 === 2
      ? [{ Action: '*', Effect: 'Allow', Resource: '*' }]
      : [
          { Action: ['s3:GetObject', 's3:PutObject'], Effect: 'Allow', Resource: `${bucket}/*` },
          { Action: 's3:ListBucket', Effect: 'Allow', Resource: bucket },
        ];
  return {
    Arn: roleArn(plan),
    AssumeRolePolicyDocument: { Statement: [trust], Version: '2012-10-17' },
    AttachedManagedPolicies: [],
    CreateDate: '2026-02-01T10:00:00Z',
    InstanceProfileList: [],
    Path: '/',
    RoleId: `AROABENCH${String(plan.index).padStart(12, '0')}`,
    RoleName: roleName(plan),
    RolePolicyList: [{ PolicyDocument: { Statement: statements, Version: '2012-10-17' }, PolicyName: 'data' }],
    Tags: [],
  };
}
