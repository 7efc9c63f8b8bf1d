import { type ClusterFixture, cluster } from '../../inventory/testing/cluster.ts';

type Json = Record<string, unknown>;

/** A made-up account and the cluster that runs in it, as the `aws` command prints them. */
export const ACCOUNT = '123456789012';
export const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/TEST';
export const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
export const roleArn = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;

/** One statement or several as a policy. */
export const policy = (...Statement: Json[]): Json => ({ Version: '2012-10-17', Statement });

/** A trust statement for tokens of the cluster; `more` replaces elements. */
export const federated = (condition?: Json, more: Json = {}): Json => ({
  Effect: 'Allow',
  Principal: { Federated: PROVIDER },
  Action: 'sts:AssumeRoleWithWebIdentity',
  ...(condition === undefined ? {} : { Condition: condition }),
  ...more,
});

export interface RoleParts {
  readonly trust?: readonly Json[];
  readonly inline?: readonly Json[];
  /** ARNs. */
  readonly attached?: readonly string[];
  readonly boundary?: string;
}

/** A role as get-account-authorization-details prints it. */
export const role = (name: string, { trust = [], inline, attached = [], boundary }: RoleParts = {}): Json => ({
  Arn: roleArn(name),
  RoleName: name,
  Path: '/',
  AssumeRolePolicyDocument: policy(...trust),
  RolePolicyList: inline === undefined ? [] : [{ PolicyName: 'own', PolicyDocument: policy(...inline) }],
  AttachedManagedPolicies: attached.map((arn) => ({ PolicyArn: arn, PolicyName: arn.slice(arn.lastIndexOf('/') + 1) })),
  Tags: [],
  ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: boundary, PermissionsBoundaryType: 'Policy' } }),
});

/** A managed policy with one version. */
export const managed = (arn: string, ...statements: Json[]): Json => ({
  Arn: arn,
  PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: policy(...statements) }],
});

export interface AccountParts {
  readonly roles?: readonly Json[];
  readonly policies?: readonly Json[];
  readonly users?: readonly Json[];
  readonly groups?: readonly Json[];
  /** Merged into what describe-cluster says of the cluster. */
  readonly cluster?: Json;
  readonly audiences?: readonly string[];
  /** False: the account has no provider for the cluster. */
  readonly provider?: boolean;
}

/** A cluster whose issuer is known, and the account. */
export function accountWith({
  roles = [],
  policies = [],
  users = [],
  groups = [],
  cluster: more = {},
  audiences = ['sts.amazonaws.com'],
  provider = true,
}: AccountParts): ClusterFixture {
  const listed = provider ? [{ Arn: PROVIDER }] : [];
  const fixture = cluster()
    .about({ version: 'v1.36.2', issuer: `https://${ISSUER}` })
    .aws({ UserDetailList: users, GroupDetailList: groups, RoleDetailList: roles, Policies: policies })
    .aws({ OpenIDConnectProviderList: listed }, { file: 'providers.json', account: ACCOUNT, command: 'iam-list-open-id-connect-providers' })
    .aws({
      cluster: {
        name: 'test',
        arn: `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/test`,
        identity: { oidc: { issuer: `https://${ISSUER}` } },
        ...more,
      },
    });
  return provider ? fixture.aws({ Url: ISSUER, ClientIDList: audiences }, { file: 'provider.json', account: ACCOUNT }) : fixture;
}

/** An association of Pod Identity as eks describe-pod-identity-association prints it. */
export const association = (path: string, role: string, more: Json = {}): Json => {
  const [namespace = '', serviceAccount = ''] = path.split('/');
  return {
    association: {
      associationArn: `arn:aws:eks:eu-central-1:${ACCOUNT}:podidentityassociation/test/a-${namespace}-${serviceAccount}`,
      clusterName: 'test',
      namespace,
      serviceAccount,
      roleArn: role,
      ...more,
    },
  };
};

/** A projected token with an audience, and where it is mounted: what the webhooks of EKS put into a pod. */
export const tokenFor = (audience: string): { volumes: Json[]; mounts: Json[] } => ({
  volumes: [
    { name: 'aws-token', projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds: 86400, path: 'token' } }] } },
  ],
  mounts: [{ name: 'aws-token', mountPath: '/var/run/secrets/aws', readOnly: true }],
});
