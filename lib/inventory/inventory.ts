import type { AwsInventory } from './aws.ts';
import type { Gap } from './gap.ts';
import type { Binding, Namespace, Node, Pod, Role, Secret, ServiceAccount, Workload } from './kubernetes.ts';

/** Which cluster this is, as far as the sources say. */
export interface Cluster {
  readonly name?: string;
  /** URL of the API server; live only. */
  readonly server?: string;
  /** OIDC issuer with its scheme, for example `https://oidc.eks.eu-west-1.amazonaws.com/id/ABC`. */
  readonly issuer?: string;
  /** Git version of the API server, for example `v1.36.2`. */
  readonly version?: string;
  /** ARN of the EKS cluster in the account data that has this issuer. */
  readonly eksClusterArn?: string;
}

export interface KubernetesInventory {
  readonly namespaces: readonly Namespace[];
  readonly serviceAccounts: readonly ServiceAccount[];
  readonly secrets: readonly Secret[];
  readonly nodes: readonly Node[];
  /** Roles and ClusterRoles. */
  readonly roles: readonly Role[];
  /** RoleBindings and ClusterRoleBindings. */
  readonly bindings: readonly Binding[];
  readonly pods: readonly Pod[];
  readonly workloads: readonly Workload[];
}

/** Everything the pure core knows of the world. Lists are sorted by namespace, then kind, then name; no object twice. */
export interface Inventory {
  readonly cluster: Cluster;
  readonly kubernetes: KubernetesInventory;
  readonly aws: AwsInventory;
  readonly gaps: readonly Gap[];
}

/** An inventory of nothing, for sources that have yet to say something and for tests. */
export const EMPTY_INVENTORY: Inventory = {
  cluster: {},
  kubernetes: {
    namespaces: [],
    serviceAccounts: [],
    secrets: [],
    nodes: [],
    roles: [],
    bindings: [],
    pods: [],
    workloads: [],
  },
  aws: {
    accounts: [],
    accountsWithProviders: [],
    roles: [],
    managedPolicies: [],
    oidcProviders: [],
    eksClusters: [],
    podIdentityAssociations: [],
  },
  gaps: [],
};
