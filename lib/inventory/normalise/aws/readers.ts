import { EC2_READERS } from './read-ec2.ts';
import { EKS_READERS } from './read-eks.ts';
import { EKS_LIST_READERS } from './read-eks-lists.ts';
import { IAM_READERS } from './read-iam.ts';
import { ORGANIZATION_READERS } from './read-organizations.ts';
import { RESOURCE_READERS } from './read-resource-policies.ts';
import { IAM_PART_READERS } from './read-role-parts.ts';
import type { AwsReader } from './reader.ts';

/** Every kind of answer that the inventory takes something from. The first whose shape fits is taken. */
export const AWS_READERS: readonly AwsReader[] = [
  ...IAM_READERS,
  ...IAM_PART_READERS,
  ...EKS_READERS,
  ...EKS_LIST_READERS,
  ...EC2_READERS,
  ...RESOURCE_READERS,
  ...ORGANIZATION_READERS,
];
