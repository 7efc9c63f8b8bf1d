import { allow, document } from './aws-policy.ts';
import type { JsonObject } from './json.ts';

export interface ManagedPolicyPlan {
  readonly name: string;
  readonly path: '/' | '/service-role/';
  readonly version: string;
  readonly document: JsonObject;
}

const EC2_DESCRIBE = [
  'ec2:DescribeInstances',
  'ec2:DescribeInstanceTypes',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DescribeTags',
];

/** AWS managed policies that a role here has attached; long ones are shortened to what matters to a reader. */
export const MANAGED_POLICIES: readonly ManagedPolicyPlan[] = [
  { name: 'AdministratorAccess', path: '/', version: 'v1', document: document({ Effect: 'Allow', Action: '*', Resource: '*' }) },
  {
    name: 'AmazonEBSCSIDriverPolicy',
    path: '/service-role/',
    version: 'v3',
    document: document(
      allow('Describe', ['ec2:DescribeAvailabilityZones', 'ec2:DescribeInstances', 'ec2:DescribeSnapshots', 'ec2:DescribeVolumes'], '*'),
      allow(
        'Attach',
        ['ec2:AttachVolume', 'ec2:DetachVolume', 'ec2:ModifyVolume'],
        ['arn:aws:ec2:*:*:volume/*', 'arn:aws:ec2:*:*:instance/*'],
      ),
      allow('Create', 'ec2:CreateVolume', 'arn:aws:ec2:*:*:volume/*', { StringLike: { 'aws:RequestTag/ebs.csi.aws.com/cluster': 'true' } }),
      allow('Delete', 'ec2:DeleteVolume', 'arn:aws:ec2:*:*:volume/*', {
        StringLike: { 'ec2:ResourceTag/ebs.csi.aws.com/cluster': 'true' },
      }),
    ),
  },
  {
    name: 'AmazonEC2ContainerRegistryPullOnly',
    path: '/',
    version: 'v1',
    document: document(
      allow(
        'Pull',
        [
          'ecr:GetAuthorizationToken',
          'ecr:BatchCheckLayerAvailability',
          'ecr:GetDownloadUrlForLayer',
          'ecr:BatchGetImage',
          'ecr:BatchImportUpstreamImage',
        ],
        '*',
      ),
    ),
  },
  {
    name: 'AmazonEKSClusterPolicy',
    path: '/',
    version: 'v6',
    document: document(
      allow(
        'AmazonEKSClusterPolicy',
        [...EC2_DESCRIBE, 'ec2:CreateTags', 'elasticloadbalancing:DescribeLoadBalancers', 'kms:DescribeKey'],
        '*',
      ),
    ),
  },
  {
    name: 'AmazonEKSWorkerNodePolicy',
    path: '/',
    version: 'v4',
    document: document(
      allow(
        'WorkerNodePermissions',
        [...EC2_DESCRIBE, 'ec2:DescribeVolumes', 'eks:DescribeCluster', 'eks-auth:AssumeRoleForPodIdentity'],
        '*',
      ),
    ),
  },
  {
    name: 'AmazonEKS_CNI_Policy',
    path: '/',
    version: 'v5',
    document: document(
      allow(
        'AmazonEKSCNIPolicy',
        [
          'ec2:AssignPrivateIpAddresses',
          'ec2:AttachNetworkInterface',
          'ec2:CreateNetworkInterface',
          'ec2:DeleteNetworkInterface',
          ...EC2_DESCRIBE,
          'ec2:DetachNetworkInterface',
          'ec2:UnassignPrivateIpAddresses',
        ],
        '*',
      ),
      allow('AmazonEKSCNIPolicyENITag', 'ec2:CreateTags', 'arn:aws:ec2:*:*:network-interface/*'),
    ),
  },
];

/** The ARN of an AWS managed policy. */
export function managedPolicyArn(plan: ManagedPolicyPlan): string {
  return `arn:aws:iam::aws:policy${plan.path}${plan.name}`;
}
