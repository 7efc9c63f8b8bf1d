import { allow, document, podIdentityTrust, type StringOrList, serviceTrust, webIdentityTrust } from './aws-policy.ts';
import { ACCOUNT, CLUSTER_ARN, CLUSTER_NAME, DATA_ACCOUNT, REGION, roleArn } from './company.ts';
import type { JsonObject } from './json.ts';

export interface RolePlan {
  readonly name: string;
  readonly trust: JsonObject;
  readonly inline?: { readonly [policyName: string]: JsonObject };
  /** Names of managed policies; see aws-managed-policies.ts. */
  readonly attached?: readonly string[];
  readonly instanceProfile?: true;
}

/** Trust that names one service account exactly. */
function exactly(namespace: string, name: string, aud?: string): JsonObject {
  return webIdentityTrust({
    operator: 'StringEquals',
    sub: `system:serviceaccount:${namespace}:${name}`,
    ...(aud === undefined ? {} : { aud }),
  });
}

function bucket(name: string, sid: string, actions: StringOrList): JsonObject {
  return allow(sid, actions, `arn:aws:s3:::${name}/*`);
}

const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/6f0c2a9e-4d1b-4e55-9a3e-1f2b7c8d9e01`;

/** Roles that work: the annotation or association and the trust policy agree. */
const WIRED: readonly RolePlan[] = [
  {
    name: 'fernwood-payments-worker',
    trust: exactly('payments', 'worker'),
    inline: {
      'payments-worker': document(
        bucket('fernwood-payments-settlements', 'Settlements', ['s3:GetObject', 's3:PutObject']),
        allow('SettlementKey', ['kms:Decrypt', 'kms:GenerateDataKey'], KEY),
        allow('GatewayCredentials', 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:prod/payments/*`),
      ),
    },
  },
  { name: 'fernwood-reports-exporter', trust: podIdentityTrust('sts:AssumeRole', 'sts:TagSession'), attached: ['AdministratorAccess'] },
  {
    name: 'fernwood-ebs-csi-controller',
    trust: podIdentityTrust('sts:AssumeRole', 'sts:TagSession'),
    attached: ['AmazonEBSCSIDriverPolicy'],
  },
  {
    name: 'fernwood-aws-load-balancer-controller',
    trust: exactly('kube-system', 'aws-load-balancer-controller'),
    inline: {
      'load-balancers': document(
        allow('Describe', ['ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups', 'elasticloadbalancing:Describe*'], '*'),
        allow(
          'Manage',
          [
            'elasticloadbalancing:CreateListener',
            'elasticloadbalancing:CreateTargetGroup',
            'elasticloadbalancing:RegisterTargets',
            'elasticloadbalancing:DeregisterTargets',
          ],
          '*',
        ),
      ),
    },
  },
  {
    name: 'fernwood-cluster-autoscaler',
    trust: exactly('kube-system', 'cluster-autoscaler'),
    inline: {
      autoscaling: document(
        allow('Look', ['autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeScalingActivities', 'ec2:DescribeInstanceTypes'], '*'),
        allow('Scale', ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'], '*', {
          StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${CLUSTER_NAME}`]: 'owned' },
        }),
      ),
    },
  },
  {
    name: 'fernwood-cert-manager-dns',
    trust: exactly('cert-manager', 'cert-manager'),
    inline: {
      dns01: document(
        allow('Change', 'route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/Z04FERNWOODSHOP', {
          StringEquals: { 'route53:ChangeResourceRecordSetsRecordTypes': ['TXT'] },
        }),
        allow('Poll', 'route53:GetChange', 'arn:aws:route53:::change/*'),
      ),
    },
  },
  {
    name: 'fernwood-external-secrets',
    trust: exactly('external-secrets', 'external-secrets'),
    inline: {
      read: document(
        allow(
          'Read',
          ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
          `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:prod/*`,
        ),
      ),
    },
  },
];

const CLUSTER_ARN_PATTERN = `arn:aws:eks:${REGION}:${ACCOUNT}:access-entry/${CLUSTER_NAME}/*`;

/** Roles that lead on: to another role, to another account, back into the cluster. */
const ONWARD: readonly RolePlan[] = [
  {
    // Made to let new colleagues in; whoever may write access entries may let itself in as administrator.
    name: 'fernwood-release-bot',
    trust: exactly('build', 'release-bot'),
    inline: {
      'access-entries': document(
        allow('Entries', ['eks:CreateAccessEntry', 'eks:DescribeAccessEntry'], CLUSTER_ARN),
        allow('Policies', 'eks:AssociateAccessPolicy', [CLUSTER_ARN, CLUSTER_ARN_PATTERN]),
      ),
    },
  },
  {
    // May hand any role of the batch path to a function of its own.
    name: 'fernwood-shipping-rates',
    trust: exactly('orders', 'shipping-rates'),
    inline: {
      functions: document(
        allow('Functions', ['lambda:CreateFunction', 'lambda:InvokeFunction'], `arn:aws:lambda:${REGION}:${ACCOUNT}:function:rates-*`),
        allow('Role', 'iam:PassRole', roleArn('fernwood-batch-*'), { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }),
      ),
    },
  },
  {
    name: 'fernwood-batch-customers',
    trust: serviceTrust('lambda.amazonaws.com'),
    inline: {
      customers: document(
        allow('Table', ['dynamodb:Scan', 'dynamodb:GetItem'], `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/customers`),
        bucket('fernwood-customer-exports', 'Exports', ['s3:GetObject', 's3:PutObject']),
      ),
    },
  },
];

/** Roles whose trust policy lets in more than the account that it was made for. */
const WIDE: readonly RolePlan[] = [
  {
    // No colon behind the namespace: `payments-sandbox` begins with `payments` too.
    name: 'fernwood-payments-shared',
    trust: webIdentityTrust({ operator: 'StringLike', sub: 'system:serviceaccount:payments*' }),
    inline: {
      ledger: document(
        allow(
          'LedgerTable',
          ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/payments-ledger`,
        ),
      ),
    },
  },
  {
    // The subject is not compared: every service account of the cluster may take it.
    name: 'fernwood-metrics-publisher',
    trust: webIdentityTrust({ operator: 'StringEquals' }),
    inline: {
      metrics: document(allow('Publish', 'cloudwatch:PutMetricData', '*', { StringEquals: { 'cloudwatch:namespace': 'Fernwood' } })),
    },
  },
  {
    // Nobody annotated the account after the move to Helm; the trust still works for whoever may make a token.
    name: 'fernwood-recommendations',
    trust: exactly('storefront', 'recommendations'),
    inline: { models: document(bucket('fernwood-models', 'ReadModels', 's3:GetObject')) },
  },
];

/** Roles that an annotation or association points at in vain. */
const BROKEN: readonly RolePlan[] = [
  // The namespace is `orders`.
  {
    name: 'fernwood-order-sync',
    trust: exactly('order', 'order-sync'),
    inline: { queue: document(allow('Queue', ['sqs:ReceiveMessage', 'sqs:DeleteMessage'], `arn:aws:sqs:${REGION}:${ACCOUNT}:orders`)) },
  },
  // StringEquals compares the star as a letter.
  {
    name: 'fernwood-catalog-images',
    trust: webIdentityTrust({ operator: 'StringEquals', sub: 'system:serviceaccount:storefront:*' }),
    inline: { images: document(bucket('fernwood-catalog-images', 'Images', ['s3:GetObject', 's3:PutObject'])) },
  },
  // The provider does not know this audience.
  {
    name: 'fernwood-invoice-mailer',
    trust: exactly('orders', 'invoice-mailer', 'fernwood-internal'),
    inline: { mail: document(allow('Mail', 'ses:SendRawEmail', `arn:aws:ses:${REGION}:${ACCOUNT}:identity/fernwood.example`)) },
  },
  // EKS tags every session, and this trust does not allow it.
  {
    name: 'fernwood-reports-archiver',
    trust: podIdentityTrust('sts:AssumeRole'),
    inline: { archive: document(bucket('fernwood-reports-archive', 'Archive', ['s3:GetObject', 's3:PutObject'])) },
  },
  // The association names service account reports/etl, which was deleted.
  {
    name: 'fernwood-reports-etl',
    trust: podIdentityTrust('sts:AssumeRole', 'sts:TagSession'),
    inline: { etl: document(bucket('fernwood-etl', 'Etl', ['s3:GetObject', 's3:PutObject'])) },
  },
];

/** Roles of machines and people, no way in from a pod by web identity. */
const OTHERS: readonly RolePlan[] = [
  { name: 'fernwood-prod-cluster', trust: serviceTrust('eks.amazonaws.com'), attached: ['AmazonEKSClusterPolicy'] },
  {
    name: 'fernwood-prod-node',
    trust: serviceTrust('ec2.amazonaws.com'),
    attached: ['AmazonEC2ContainerRegistryPullOnly', 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy'],
    instanceProfile: true,
  },
  {
    name: 'fernwood-platform-admins',
    trust: document({
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:saml-provider/fernwood-sso` },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    }),
    attached: ['AdministratorAccess'],
  },
  {
    name: 'fernwood-github-deploy',
    trust: document({
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': 'repo:fernwood-outfitters/infrastructure:ref:refs/heads/main',
        },
      },
    }),
    inline: {
      deploy: document(
        allow('Cluster', 'eks:DescribeCluster', `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${CLUSTER_NAME}`),
        allow('Images', ['ecr:GetAuthorizationToken', 'ecr:PutImage'], '*'),
      ),
    },
  },
];

const LAKE = 'fernwood-data-lake';

/** The data account: one role behind its own provider, one that names the provider of the cluster's account. */
const DATA: readonly RolePlan[] = [
  {
    name: 'fernwood-lake-reader',
    trust: webIdentityTrust({ operator: 'StringEquals', sub: 'system:serviceaccount:reports:lake-reader' }, DATA_ACCOUNT),
    inline: {
      lake: document(bucket(LAKE, 'Objects', 's3:GetObject'), allow('List', 's3:ListBucket', `arn:aws:s3:::${LAKE}`)),
      keeper: document(allow('Keeper', 'sts:AssumeRole', roleArn('fernwood-lake-keeper', DATA_ACCOUNT))),
    },
  },
  {
    name: 'fernwood-lake-writer',
    trust: webIdentityTrust({ operator: 'StringEquals', sub: 'system:serviceaccount:reports:lake-writer' }, ACCOUNT),
    inline: { lake: document(bucket(LAKE, 'Objects', 's3:PutObject')) },
  },
  {
    // The reader may become the keeper, and the keeper may delete.
    name: 'fernwood-lake-keeper',
    trust: document({
      Effect: 'Allow',
      Principal: { AWS: roleArn('fernwood-lake-reader', DATA_ACCOUNT) },
      Action: 'sts:AssumeRole',
    }),
    inline: { lake: document(allow('Keep', 's3:*', [`arn:aws:s3:::${LAKE}`, `arn:aws:s3:::${LAKE}/*`])) },
  },
];

/** Roles by account. */
export const AWS_ROLES: ReadonlyMap<string, readonly RolePlan[]> = new Map([
  [ACCOUNT, [...WIRED, ...ONWARD, ...WIDE, ...BROKEN, ...OTHERS]],
  [DATA_ACCOUNT, DATA],
]);
