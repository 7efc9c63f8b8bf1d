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
}
