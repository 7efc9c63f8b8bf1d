/**
 * The Google Cloud part of the vocabulary, as the REST APIs say it. Allow policies are kept binding by binding with the resource that they
 * hang on, so that every answer can name the binding that decided it.
 */

/** A condition of a binding or a deny rule: one CEL expression. */
export interface GcpCondition {
  readonly title?: string;
  readonly expression: string;
}

export interface GcpBinding {
  /** Index in `bindings`, for the JSON pointer. */
  readonly index: number;
  /** `roles/owner`, `projects/P/roles/R`, `organizations/N/roles/R`. */
  readonly role: string;
  /** As they are written: `serviceAccount:…`, `principal://…`, `principalSet://…`, `allUsers`, `deleted:…`. */
  readonly members: readonly string[];
  readonly condition?: GcpCondition;
}

/** The allow policy of one resource. */
export interface GcpPolicy {
  /**
   * Name of the resource: `projects/ID`, `folders/N`, `organizations/N`, `projects/-/serviceAccounts/EMAIL`, `projects/_/buckets/B`,
   * `projects/P/secrets/S`. Projects are named by id. `projects/-/secrets/S`: nothing said whose secret it is.
   */
  readonly resource: string;
  /** Id of the project that it belongs to, where its name does not say it (buckets); undefined: not known. */
  readonly project?: string;
  readonly bindings: readonly GcpBinding[];
}

export interface GcpProject {
  readonly id: string;
  readonly number?: string;
  /** `folders/N` or `organizations/N`. */
  readonly parent?: string;
}

export interface GcpFolder {
  /** `folders/N` */
  readonly name: string;
  readonly parent?: string;
}

export interface GcpServiceAccount {
  readonly email: string;
  readonly uniqueId?: string;
  readonly project: string;
  readonly disabled: boolean;
}

export interface GcpRole {
  readonly name: string;
  readonly title?: string;
  /** Undefined where only a list without permissions was read. */
  readonly permissions?: readonly string[];
  readonly deleted: boolean;
  /** Launch stage `DISABLED`: whoever has the role gets nothing by it. */
  readonly disabled?: true;
}

export interface GkeNodePool {
  readonly name: string;
  /** `GKE_METADATA`, `GCE_METADATA`; undefined: not said, which means the node's service account. */
  readonly metadataMode?: string;
  /** Email, or `default` for the project's Compute Engine default. */
  readonly serviceAccount?: string;
  readonly oauthScopes: readonly string[];
}

export interface GkeCluster {
  readonly selfLink: string;
  readonly project: string;
  readonly location: string;
  readonly name: string;
  /** `PROJECT.svc.id.goog`; undefined: Workload Identity is off. */
  readonly workloadPool?: string;
  readonly endpoint?: string;
  readonly nodePools: readonly GkeNodePool[];
  /** Autopilot always serves GKE metadata. */
  readonly autopilot?: boolean;
  /** `.legacyAbac.enabled`: every service account of the cluster may do anything. */
  readonly legacyAbac?: boolean;
}

export interface GcpDenyRule {
  /** Index in `rules`, for the JSON pointer. */
  readonly index: number;
  readonly description?: string;
  readonly deniedPrincipals: readonly string[];
  readonly exceptionPrincipals: readonly string[];
  readonly deniedPermissions: readonly string[];
  readonly exceptionPermissions: readonly string[];
  readonly denialCondition?: GcpCondition;
}

export interface GcpDenyPolicy {
  readonly name: string;
  /** The resource that it hangs on: `projects/ID`, `folders/N` or `organizations/N`. */
  readonly attachedTo: string;
  /** Undefined: only the list was read, which leaves the rules out. */
  readonly rules?: readonly GcpDenyRule[];
}

/** An OIDC provider of a workload identity pool: how another cloud's or cluster's tokens become principals. */
export interface GcpPoolProvider {
  /** `projects/N/locations/global/workloadIdentityPools/POOL/providers/P` */
  readonly name: string;
  readonly pool: string;
  readonly issuer?: string;
  readonly allowedAudiences: readonly string[];
  readonly attributeMapping: ReadonlyMap<string, string>;
  readonly attributeCondition?: string;
  readonly disabled: boolean;
}

export interface GcpInventory {
  readonly projects: readonly GcpProject[];
  readonly folders: readonly GcpFolder[];
  readonly serviceAccounts: readonly GcpServiceAccount[];
  /** Ids of projects whose service accounts were read whole: an account of another project is unknown, not missing. */
  readonly projectsWithServiceAccounts: readonly string[];
  readonly policies: readonly GcpPolicy[];
  readonly denyPolicies: readonly GcpDenyPolicy[];
  /** `projects/ID`, `folders/N`, `organizations/N` whose deny policies were listed: elsewhere their absence says nothing. */
  readonly denyPoliciesRead: readonly string[];
  readonly roles: readonly GcpRole[];
  readonly clusters: readonly GkeCluster[];
  readonly poolProviders: readonly GcpPoolProvider[];
}
