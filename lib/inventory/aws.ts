/**
 * The AWS half of the vocabulary. Policy documents are kept statement by statement with their pointers, so that
 * every answer can name the statement that decided it.
 */

/** `{"StringEquals": {"aws:x": ["a","b"]}}` is one condition: operator `StringEquals`, key `aws:x`, values a, b. */
export interface PolicyCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** One principal of a statement: `{type:'AWS', value:'arn:…'}`; a bare `"*"` is `{type:'*', value:'*'}`. */
export interface PolicyPrincipal {
  readonly type: string;
  readonly value: string;
}

export interface PolicyStatement {
  /** Index in `Statement`, for the JSON pointer (a single statement object counts as index 0). */
  readonly index: number;
  /** Set where `Statement` is this one object and no list, so that the pointer ends there. */
  readonly alone?: true;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  /** Undefined: the element is absent. The same for all of these. */
  readonly principals?: readonly PolicyPrincipal[];
  readonly notPrincipals?: readonly PolicyPrincipal[];
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly conditions: readonly PolicyCondition[];
}

export interface PolicyDocument {
  readonly version?: string;
  readonly statements: readonly PolicyStatement[];
  /**
   * Why the document could not be read; then `statements` is empty and nothing may be concluded from it. A document
   * that is broken in one place is unreadable as a whole: leaving out a statement could leave out a Deny.
   */
  readonly unreadable?: string;
}

export interface AwsInlinePolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface AwsRole {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  readonly path: string;
  readonly trust: PolicyDocument;
  readonly permissionsBoundary?: string;
  readonly inlinePolicies: readonly AwsInlinePolicy[];
  /** ARNs of attached managed policies. */
  readonly attachedPolicies: readonly string[];
  readonly tags: ReadonlyMap<string, string>;
  /** Set where not all of the inline and attached policies were read (only list-roles or get-role): the lists above are a part. */
  readonly policiesUnknown?: true;
}

/** An IAM user, for escalation and aws-auth: what a role may take over. */
export interface AwsUser {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  readonly path: string;
  readonly permissionsBoundary?: string;
  readonly inlinePolicies: readonly AwsInlinePolicy[];
  readonly attachedPolicies: readonly string[];
  /** Names of the groups that it is a member of. */
  readonly groups: readonly string[];
  readonly tags: ReadonlyMap<string, string>;
}

export interface AwsGroup {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  readonly inlinePolicies: readonly AwsInlinePolicy[];
  readonly attachedPolicies: readonly string[];
}

export interface AwsManagedPolicy {
  readonly arn: string;
  readonly name: string;
  /** The default version's document. */
  readonly document: PolicyDocument;
  /** JSON pointer of the document in the policy as get-account-authorization-details prints it; undefined: the document by itself. */
  readonly documentPointer?: string;
}

export interface AwsOidcProvider {
  readonly arn: string;
  readonly account: string;
  /** Without `https://`, as IAM prints it. */
  readonly url: string;
  /** Undefined where only the list was read, not the provider. */
  readonly clientIds?: readonly string[];
}

export interface EksCluster {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly issuer?: string;
  readonly version?: string;
  readonly endpoint?: string;
  /** `.accessConfig.authenticationMode`: `CONFIG_MAP`, `API_AND_CONFIG_MAP` or `API`. */
  readonly authenticationMode?: string;
  /** `.computeConfig.enabled`: EKS Auto Mode, which has the Pod Identity agent built in. */
  readonly autoMode?: boolean;
  /** ARN of the cluster's own service role. */
  readonly roleArn?: string;
  /** Whether the API endpoint can be reached from the internet, and from which CIDRs. */
  readonly endpointPublicAccess?: boolean;
  readonly publicAccessCidrs?: readonly string[];
}

export interface EksNodegroup {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  readonly name: string;
  readonly nodeRole?: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly launchTemplate?: { readonly id?: string; readonly name?: string; readonly version?: string };
}

export interface EksAddon {
  readonly arn: string;
  readonly account: string;
  readonly clusterName: string;
  readonly name: string;
  readonly serviceAccountRoleArn?: string;
}

/** An access policy that is associated with an access entry. */
export interface EksAccessPolicy {
  /** `arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy` */
  readonly policyArn: string;
  readonly scope: 'cluster' | 'namespace';
  /** Namespaces (with `*` as a wildcard) of scope `namespace`. */
  readonly namespaces: readonly string[];
}

export interface EksAccessEntry {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  readonly principalArn: string;
  readonly username?: string;
  readonly kubernetesGroups: readonly string[];
  /** `STANDARD`, `EC2_LINUX`, `EC2_WINDOWS`, `FARGATE_LINUX`, `EC2`, `HYBRID_LINUX`. */
  readonly type?: string;
  /** Undefined where ListAssociatedAccessPolicies was not read. */
  readonly policies?: readonly EksAccessPolicy[];
}

export interface AwsInstanceProfile {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  readonly roleArns: readonly string[];
}

/** What the cluster's EC2 instances say of their metadata service (ec2 describe-instances). */
export interface AwsInstance {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly instanceProfileArn?: string;
  /** `.MetadataOptions`; undefined fields were not in the answer. */
  readonly httpTokens?: 'optional' | 'required';
  readonly httpPutResponseHopLimit?: number;
  readonly httpEndpoint?: 'enabled' | 'disabled';
  readonly tags: ReadonlyMap<string, string>;
}

/** A policy that hangs on a resource: bucket, key, secret, queue, topic, function, repository. */
export interface AwsResourcePolicy {
  /** ARN of the resource. */
  readonly arn: string;
  /** Undefined where neither the ARN (as a bucket's) nor the path says it. */
  readonly account?: string;
  /** Undefined: the resource has none, which was read. */
  readonly document?: PolicyDocument;
}

export interface EcrRepository {
  readonly arn: string;
  readonly account: string;
  readonly uri: string;
  readonly mutable: boolean;
}

/** A service control policy of the organisation. */
export interface ServiceControlPolicy {
  readonly id: string;
  readonly arn?: string;
  readonly name: string;
  /** Undefined where only the list was read. */
  readonly document?: PolicyDocument;
}

/**
 * The organisation as far as it was read. A request of an account is limited by the SCPs of each of its ancestors: at every level at
 * least one must allow, none may deny. The management account is never limited.
 */
export interface AwsOrganization {
  readonly id?: string;
  readonly managementAccount?: string;
  readonly policies: readonly ServiceControlPolicy[];
  /** Child (account or OU id) → parent (OU or root id). */
  readonly parents: ReadonlyMap<string, string>;
  /** Target (account, OU or root id) → ids of the SCPs attached to it; a target that is not there was not read. */
  readonly attachments: ReadonlyMap<string, readonly string[]>;
}

export interface PodIdentityAssociation {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly targetRoleArn?: string;
  readonly disableSessionTags: boolean;
  readonly externalId?: string;
  /** Session policy of the association: narrows what the role may do, never widens it. */
  readonly policy?: PolicyDocument;
}

export interface AwsInventory {
  /** Ids of the accounts whose roles were read: a role of another account is unknown, not missing. */
  readonly accounts: readonly string[];
  /** Accounts whose list of OIDC providers was read whole. */
  readonly accountsWithProviders: readonly string[];
  readonly roles: readonly AwsRole[];
  readonly managedPolicies: readonly AwsManagedPolicy[];
  readonly oidcProviders: readonly AwsOidcProvider[];
  readonly eksClusters: readonly EksCluster[];
  readonly podIdentityAssociations: readonly PodIdentityAssociation[];
  readonly users: readonly AwsUser[];
  readonly groups: readonly AwsGroup[];
  readonly nodegroups: readonly EksNodegroup[];
  readonly addons: readonly EksAddon[];
  readonly accessEntries: readonly EksAccessEntry[];
  readonly instanceProfiles: readonly AwsInstanceProfile[];
  readonly instances: readonly AwsInstance[];
  readonly resourcePolicies: readonly AwsResourcePolicy[];
  readonly repositories: readonly EcrRepository[];
  /** Undefined: nothing of an organisation was read, so what its SCPs take away is unknown. */
  readonly organization?: AwsOrganization;
  /** Accounts that said that they belong to no organisation: no SCP limits them. */
  readonly accountsWithoutOrganization?: readonly string[];
}
