import type { z } from 'zod';
import type { AwsInlinePolicy, AwsManagedPolicy, AwsOidcProvider, AwsRole, EksCluster, PodIdentityAssociation } from '../aws.ts';
import type { Gap } from '../gap.ts';
import type { AwsOrigin } from './aws-origin.ts';

/** A gap before it has its id. */
export type AwsGap = Omit<Gap, 'id'>;

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
  readonly list: 'roles' | 'associations';
  readonly file: string;
  readonly account?: string;
  /** Of `associations`: the cluster's name. */
  readonly cluster?: string;
  readonly truncated: boolean;
}

/** An association as ListPodIdentityAssociations prints it: without its role. */
export interface ListedAssociation {
  readonly arn: string;
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly file: string;
}

/**
 * Takes what the answers say, in any order. Use `createAwsCollector` of aws-collector.ts: it merges what several answers
 * say of one thing and settles in `finish()` what only the whole snapshot can tell.
 */
export interface AwsSink {
  role(role: AwsRole): void;
  rolePart(part: AwsRolePart): void;
  managedPolicy(policy: AwsManagedPolicy): void;
  oidcProvider(provider: AwsOidcProvider): void;
  /** GetOpenIDConnectProvider says neither ARN nor account; account undefined: the path does not say it either. */
  providerOfUnknownArn(provider: {
    readonly url: string;
    readonly clientIds: readonly string[];
    readonly account?: string;
    readonly file: string;
  }): void;
  eksCluster(cluster: EksCluster): void;
  podIdentityAssociation(association: PodIdentityAssociation): void;
  associationListed(association: ListedAssociation): void;
  /** An account that the data speaks of, whether or not its roles were read. */
  account(id: string): void;
  /** The account's OIDC providers were listed; undefined: an empty list that does not say whose. */
  providersListed(account: string | undefined): void;
  page(page: AwsPage): void;
  gap(gap: AwsGap): void;
}

/** One kind of answer: what its JSON looks like and what it tells. */
export interface AwsReader<Shape extends z.ZodType = z.ZodType> {
  /** Top-level keys that only this kind has; all must be there. */
  readonly keys: readonly string[];
  /** Commands (path) that this kind may come from; undefined: the content alone decides. */
  readonly commands?: readonly string[];
  /** The keys are everyday words: an answer of another shape may be anybody's. */
  readonly everyday?: true;
  readonly shape: Shape;
  read(answer: z.output<Shape>, origin: AwsOrigin, sink: AwsSink): void;
}

/** A gap for something that is there and cannot be read. */
export function malformedGap(what: string, at: { readonly file: string; readonly pointer: string; readonly why: string }): AwsGap {
  return {
    source: 'aws',
    what,
    where: at.file,
    why: `malformed: ${at.why}`,
    remedy: 'write the answer to the file again with the aws command and --output json',
    file: at.file,
    pointer: at.pointer,
  };
}

/** JSON pointer of a zod path. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
