import type { ClusterFixture } from '../../inventory/testing/cluster.ts';
import { ACCOUNT, type AccountParts, accountWith, federated, type RoleParts, role, roleArn } from './aws-account.ts';

export const API = roleArn('api');
export const SHARED = `arn:aws:iam::${ACCOUNT}:policy/shared`;
export const S3 = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::assets/*' };
export const DENY = { ...S3, Effect: 'Deny' };

/** A role that a service account may assume. */
export const roleWorld = (parts: RoleParts, policies: AccountParts['policies'] = []): ClusterFixture =>
  accountWith({ roles: [role('api', { trust: [federated()], ...parts })], policies }).serviceAccount('shop/api');
