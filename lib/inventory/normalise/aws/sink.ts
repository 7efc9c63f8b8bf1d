import type {
  AwsGroup,
  AwsInlinePolicy,
  AwsInstance,
  AwsInstanceProfile,
  AwsManagedPolicy,
  AwsOidcProvider,
  AwsResourcePolicy,
  AwsRole,
  AwsUser,
  EcrRepository,
  EksAccessEntry,
  EksAccessPolicy,
  EksAddon,
  EksCluster,
  EksNodegroup,
  PodIdentityAssociation,
  PolicyDocument,
} from '../../aws.ts';
import type { Gap } from '../../gap.ts';

/** A gap before it has its id. */
export type AwsGap = Omit<Gap, 'id'>;

/** Records of which one answer says everything. Their key is the ARN, or the id where there is none. */
export interface AwsRecords {
  readonly users: AwsUser;
  readonly groups: AwsGroup;
  readonly managedPolicies: AwsManagedPolicy;
  readonly eksClusters: EksCluster;
  readonly nodegroups: EksNodegroup;
  readonly addons: EksAddon;
  readonly accessEntries: EksAccessEntry;
  readonly podIdentityAssociations: PodIdentityAssociation;
  readonly instanceProfiles: AwsInstanceProfile;
  readonly instances: AwsInstance;
  readonly resourcePolicies: AwsResourcePolicy;
  readonly repositories: EcrRepository;
}

/** What one answer says of a role that it names without its ARN; `role` is the role's name. */
export interface AwsRolePart {
  readonly account: string;
  readonly role: string;
  readonly inlinePolicy?: AwsInlinePolicy;
  /** Names of all inline policies. */
  readonly inlineNames?: readonly string[];
  /** ARNs of all attached policies. */
  readonly attachedPolicies?: readonly string[];
}

/** One page of a list that AWS may cut into several; `account` undefined: nothing in the answer or its path says it. */
export interface AwsPage {
  /** In words, for gaps: `iam roles`. */
  readonly list: string;
  /** Of what, in words, where it is not the whole account: `cluster prod-eu`. */
  readonly of?: string;
  readonly permission: string;
  readonly file: string;
  readonly account?: string;
  readonly truncated: boolean;
}

/** Something that a list names without saying what there is to know of it. */
export interface AwsListed {
  /** The same text as `AwsSink.described` is told once it was described. */
  readonly key: string;
  /** What is missing if it never is. */
  readonly gap: AwsGap;
}

/** GetOpenIDConnectProvider's answer: everything but whose it is; account undefined: the path does not say it either. */
export interface UnplacedProvider {
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly account?: string;
  readonly file: string;
}

/** A resource policy whose answer and path leave open the region or the account of the resource. */
export interface UnplacedPolicy {
  readonly service: string;
  /** Resource part of the ARN, for example `key/1234abcd` or the name of a queue. */
  readonly resource: string;
  readonly account?: string;
  readonly region?: string;
  readonly document?: PolicyDocument;
  readonly file: string;
}

/** ListAssociatedAccessPolicies' answer, which names its access entry by cluster and principal. */
export interface AwsEntryPolicies {
  readonly clusterName: string;
  readonly principalArn: string;
  readonly account?: string;
  readonly policies: readonly EksAccessPolicy[];
  readonly file: string;
}

/** What one answer says of the organisation. */
export type AwsOrganizationFact =
  | { readonly says: 'organization'; readonly id?: string; readonly managementAccount?: string }
  | { readonly says: 'policy'; readonly id: string; readonly name: string; readonly arn?: string; readonly document?: PolicyDocument }
  /** `whole`: the last page, so that no more follow. */
  | { readonly says: 'policies'; readonly ids: readonly string[]; readonly whole: boolean }
  | { readonly says: 'account'; readonly id: string }
  | { readonly says: 'accounts'; readonly whole: boolean }
  | { readonly says: 'root'; readonly id: string }
  | { readonly says: 'parent'; readonly child: string; readonly parent: string }
  | { readonly says: 'attached'; readonly target: string; readonly policies: readonly string[]; readonly whole: boolean }
  /** `policy` is its id or its name, as the path says it. */
  | { readonly says: 'targets'; readonly policy: string; readonly targets: readonly string[]; readonly whole: boolean }
  /** The account belongs to no organisation. */
  | { readonly says: 'none'; readonly account: string };

/**
 * Takes what the answers say, in any order. Use `createAwsCollector` of collector.ts: it merges what several answers
 * say of one thing and settles in `finish()` what only the whole snapshot can tell.
 */
export interface AwsSink {
  record<Kind extends keyof AwsRecords>(kind: Kind, record: AwsRecords[Kind]): void;
  role(role: AwsRole): void;
  rolePart(part: AwsRolePart): void;
  oidcProvider(provider: AwsOidcProvider): void;
  providerOfUnknownArn(provider: UnplacedProvider): void;
  policyOfUnknownArn(policy: UnplacedPolicy): void;
  entryPolicies(policies: AwsEntryPolicies): void;
  organization(fact: AwsOrganizationFact): void;
  listed(listed: AwsListed): void;
  described(key: string): void;
  /** An account that the data speaks of, whether or not its roles were read. */
  account(id: string): void;
  /** The account's OIDC providers were listed; undefined: an empty list that does not say whose. */
  providersListed(account: string | undefined): void;
  page(page: AwsPage): void;
  gap(gap: AwsGap): void;
}
