/** One read-only call: the command that prints the same answer, and what is missing where it fails. */
interface OperationFacts {
  /** As `ACCOUNT/COMMAND/RESOURCE.json` names it (lib/inventory/normalise/aws-origin.ts). */
  readonly command: string;
  readonly what: string;
}

/**
 * Everything that is ever asked of AWS, by the IAM action that allows it (which here is always the name of the API operation too).
 * Nothing of it returns the value of a secret or of a key. docs/aws-permissions.md is checked against this list.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export const AWS_OPERATIONS = {
  'sts:GetCallerIdentity': { command: 'sts-get-caller-identity', what: 'who the credentials are' },
  'iam:GetAccountAuthorizationDetails': {
    command: 'iam-get-account-authorization-details',
    what: 'iam roles, users, groups and policies',
  },
  'iam:ListOpenIDConnectProviders': { command: 'iam-list-open-id-connect-providers', what: 'oidc providers' },
  'iam:GetOpenIDConnectProvider': { command: 'iam-get-open-id-connect-provider', what: 'audiences of oidc providers' },
  'iam:ListInstanceProfiles': { command: 'iam-list-instance-profiles', what: 'instance profiles' },
  'eks:ListClusters': { command: 'eks-list-clusters', what: 'eks clusters' },
  'eks:DescribeCluster': { command: 'eks-describe-cluster', what: 'eks clusters' },
  'eks:ListNodegroups': { command: 'eks-list-nodegroups', what: 'node groups' },
  'eks:DescribeNodegroup': { command: 'eks-describe-nodegroup', what: 'node groups' },
  'eks:ListPodIdentityAssociations': { command: 'eks-list-pod-identity-associations', what: 'pod identity associations' },
  'eks:DescribePodIdentityAssociation': { command: 'eks-describe-pod-identity-association', what: 'pod identity associations' },
  'eks:ListAccessEntries': { command: 'eks-list-access-entries', what: 'access entries' },
  'eks:DescribeAccessEntry': { command: 'eks-describe-access-entry', what: 'access entries' },
  'eks:ListAssociatedAccessPolicies': { command: 'eks-list-associated-access-policies', what: 'access policies of access entries' },
  'eks:ListAddons': { command: 'eks-list-addons', what: 'add-ons' },
  'eks:DescribeAddon': { command: 'eks-describe-addon', what: 'add-ons' },
  'organizations:DescribeOrganization': { command: 'organizations-describe-organization', what: 'the organisation' },
  'organizations:ListRoots': { command: 'organizations-list-roots', what: 'the root of the organisation' },
  'organizations:ListPolicies': { command: 'organizations-list-policies', what: 'service control policies' },
  'organizations:DescribePolicy': { command: 'organizations-describe-policy', what: 'service control policies' },
  'organizations:ListTargetsForPolicy': {
    command: 'organizations-list-targets-for-policy',
    what: 'where service control policies are attached',
  },
  'organizations:ListOrganizationalUnitsForParent': {
    command: 'organizations-list-organizational-units-for-parent',
    what: 'organisational units',
  },
  'organizations:ListAccounts': { command: 'organizations-list-accounts', what: 'accounts of the organisation' },
  'organizations:ListParents': { command: 'organizations-list-parents', what: 'the organisational unit of accounts' },
  'ec2:DescribeInstances': { command: 'ec2-describe-instances', what: 'metadata service settings of nodes' },
  'ecr:DescribeRepositories': { command: 'ecr-describe-repositories', what: 'image repositories' },
  'ecr:GetRepositoryPolicy': { command: 'ecr-get-repository-policy', what: 'resource policies of repositories' },
  's3:GetBucketPolicy': { command: 's3api-get-bucket-policy', what: 'bucket policies' },
  'kms:GetKeyPolicy': { command: 'kms-get-key-policy', what: 'key policies' },
  'secretsmanager:GetResourcePolicy': { command: 'secretsmanager-get-resource-policy', what: 'resource policies of secrets' },
  'sqs:GetQueueAttributes': { command: 'sqs-get-queue-attributes', what: 'queue policies' },
  'sns:GetTopicAttributes': { command: 'sns-get-topic-attributes', what: 'topic policies' },
  'lambda:GetPolicy': { command: 'lambda-get-policy', what: 'resource policies of functions' },
} as const satisfies Record<string, OperationFacts>;

/** The IAM action, for example `iam:ListInstanceProfiles`. */
export type AwsOperation = keyof typeof AWS_OPERATIONS;

/** Besides, where a role is to be taken for an account. */
export const ASSUME_ROLE = 'sts:AssumeRole';
