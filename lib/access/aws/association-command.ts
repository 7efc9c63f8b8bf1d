import type { PodIdentityAssociation } from '../../inventory/aws.ts';
import { command } from '../shell.ts';

/**
 * Deletes or changes an association, where it is: ids mean nothing in another region than that of the cluster.
 * Source: https://docs.aws.amazon.com/cli/latest/reference/eks/delete-pod-identity-association.html
 */
export const associationCommand = (
  verb: 'delete' | 'update',
  { arn, clusterName, region }: PodIdentityAssociation,
  ...words: readonly string[]
): string =>
  command(
    'aws',
    'eks',
    `${verb}-pod-identity-association`,
    `--cluster-name=${clusterName}`,
    `--association-id=${arn.slice(arn.lastIndexOf('/') + 1)}`,
    `--region=${region}`,
    ...words,
  );
