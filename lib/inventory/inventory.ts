import type {
  AdmissionPolicy,
  AdmissionPolicyBinding,
  ApiService,
  CustomResourceDefinition,
  EnginePolicy,
  SecurityContextConstraints,
} from './admission.ts';
import type { AwsInventory } from './aws.ts';
import type { AwsAuthMapping } from './aws-auth.ts';
import type { AzureInventory } from './azure.ts';
import type { EndpointSlice, Gateway, GatewayRoute, Ingress, IngressClass, ReferenceGrant, Service } from './exposure.ts';
import type { Gap } from './gap.ts';
import type { GcpInventory } from './gcp.ts';
import type { Binding, Namespace, Node, Pod, Role, Secret, ServiceAccount, Workload } from './kubernetes.ts';
import type { NetworkPolicy } from './network-policy.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from './storage.ts';
import type { WebhookConfiguration } from './webhook.ts';

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
  /** `selfLink` of the GKE cluster in the account data that this is. */
  readonly gkeSelfLink?: string;
  /** Resource id of the AKS cluster in the account data that this is. */
  readonly aksClusterId?: string;
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
  readonly networkPolicies: readonly NetworkPolicy[];
  readonly webhookConfigurations: readonly WebhookConfiguration[];
  readonly services: readonly Service[];
  readonly endpointSlices: readonly EndpointSlice[];
  readonly ingresses: readonly Ingress[];
  readonly ingressClasses: readonly IngressClass[];
  readonly gateways: readonly Gateway[];
  readonly routes: readonly GatewayRoute[];
  readonly referenceGrants: readonly ReferenceGrant[];
  readonly persistentVolumes: readonly PersistentVolume[];
  readonly persistentVolumeClaims: readonly PersistentVolumeClaim[];
  readonly storageClasses: readonly StorageClass[];
  readonly admissionPolicies: readonly AdmissionPolicy[];
  readonly admissionPolicyBindings: readonly AdmissionPolicyBinding[];
  readonly enginePolicies: readonly EnginePolicy[];
  readonly customResourceDefinitions: readonly CustomResourceDefinition[];
  readonly apiServices: readonly ApiService[];
  readonly securityContextConstraints: readonly SecurityContextConstraints[];
  /** Of the ConfigMap kube-system/aws-auth; undefined: it was not read (an empty list: it is not there, or empty). */
  readonly awsAuth?: readonly AwsAuthMapping[];
}

/** Everything the pure core knows of the world. Lists are sorted by namespace, then kind, then name; no object twice. */
export interface Inventory {
  readonly cluster: Cluster;
  /**
   * The time at which the world is judged, in ISO 8601 with a zone: what conditions on the time of a request are compared with.
   * Whoever composes gives it, as the core has no clock; undefined: such conditions stay open.
   */
  readonly asOf?: string;
  readonly kubernetes: KubernetesInventory;
  readonly aws: AwsInventory;
  readonly gcp: GcpInventory;
  readonly azure: AzureInventory;
  readonly gaps: readonly Gap[];
}
