import { BASIC_ROLES } from './roles/basic-roles.ts';
import { CONTAINER_ROLES } from './roles/container-roles.ts';
import { DATA_ROLES } from './roles/data-roles.ts';
import { IAM_ROLES } from './roles/iam-roles.ts';
import type { PredefinedRole } from './roles/role-parts.ts';
import { SERVICE_ROLES } from './roles/service-roles.ts';

export type { PredefinedRole };

/**
 * Google's own roles that matter for who becomes whom, for use where the data does not hold them: the lists in the data always win. Roles are
 * Google's to change; families stand for many permissions. Source: https://cloud.google.com/iam/docs/roles-permissions, read through the
 * recorded lists of github.com/iann0036/iam-dataset (gcp/roles/*.json).
 */
export const PREDEFINED_ROLES: ReadonlyMap<string, PredefinedRole> = new Map([
  ...BASIC_ROLES,
  ...IAM_ROLES,
  ...CONTAINER_ROLES,
  ...SERVICE_ROLES,
  ...DATA_ROLES,
]);
