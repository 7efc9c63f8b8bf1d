/** The closed sets that the model, the registry and the screen share. A leaf: it reads nothing. */

export const NODE_KINDS = [
  'pod',
  'workload',
  'service-account',
  'secret',
  'node',
  'namespace-admin',
  'cluster-admin',
  'user',
  'group',
  'role-binding',
  'cluster-role-binding',
  'role',
  'cluster-role',
  'role-grant',
  'all-pods',
  'all-secrets',
  'all-service-accounts',
  'all-nodes',
  'all-users',
  'all-groups',
  'aws-role',
  'aws-statement',
  'aws-admin',
  'aws-user',
  'aws-resource',
  'cloud-key',
  'gcp-service-account',
  'gcp-grant',
  'gcp-admin',
  'azure-identity',
  'azure-grant',
  'azure-admin',
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

export const TECHNIQUE_IDS = [
  'owns',
  'contains',
  'runs-as',
  'holds-token',
  'mounts-secret',
  'token-for',
  'member-of',
  'bound-by',
  'grants',
  'scheduled-on',
  'hosts',
  'node-identity',
  'control-plane-node',
  'escape-privileged',
  'escape-capability',
  'escape-host-path',
  'escape-host-pid',
  'runtime-socket',
  'pod-exec',
  'pod-create',
  'pod-patch',
  'ephemeral-container',
  'workload-patch',
  'secret-read',
  'token-mint',
  'impersonate-service-account',
  'impersonate-user-group',
  'role-bind',
  'role-escalate',
  'node-proxy',
  'namespace-admin',
  'cluster-admin',
  'assume-aws-role',
  'pod-identity',
  'aws-permission',
  'aws-administrator',
] as const;
export type TechniqueId = (typeof TECHNIQUE_IDS)[number];

/** What a filter on the screen groups techniques by. */
export const TECHNIQUE_CLASSES = ['structure', 'token', 'rbac', 'escape', 'cloud'] as const;
export type TechniqueClass = (typeof TECHNIQUE_CLASSES)[number];

/**
 * How sure an edge is. `wired`, `possible` and `broken` are said of cloud links alone: `wired` counts as certain,
 * `possible` as conditional, and a `broken` link is shown but not walked.
 */
export const CERTAINTIES = ['certain', 'conditional', 'wired', 'possible', 'broken'] as const;
export type Certainty = (typeof CERTAINTIES)[number];
