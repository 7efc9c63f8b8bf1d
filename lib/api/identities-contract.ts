import type { Diagnosis } from '../access/cloud/diagnosis/diagnosis.ts';
import type { CloudLinkMethod, CloudLinkState, CloudProvider } from '../access/cloud/link.ts';
import type { Evidence, NodeSummary } from './contract.ts';

/** What `/api/v1/identities`, `/identity` and `/diagnosis` answer; part of the contract. Every list is bounded and says its total. */

/** One cloud identity as the matrix heads a column with it. */
export interface IdentitySummary {
  /** ARN of a role, email of a Google service account, Azure client id. */
  readonly identity: string;
  readonly provider: CloudProvider;
  /** What people call it: a role's name, the part of an email before the @, an identity's name. */
  readonly label: string;
  /** Where it belongs: account, project, resource group. */
  readonly home: string;
  /** Id of its node in the graph; undefined where it has none. */
  readonly node?: string;
  /** How many service accounts of this cluster it lets in. */
  readonly admits: number;
  /** Whether that is nearly all of them, named or not. */
  readonly open: boolean;
}

/** What connects a service account and an identity; where several links do, the most telling one. `row` and `column` count within the window. */
export interface IdentityCell {
  readonly row: number;
  readonly column: number;
  readonly state: CloudLinkState;
  readonly code: string;
  readonly method: CloudLinkMethod;
}

/** GET /api/v1/identities?provider=&namespace=&state=&everyone=show|hide&q=&row=&rows=&column=&columns= : a window of the matrix */
export interface IdentitiesAnswer {
  readonly serviceAccounts: { readonly total: number; readonly offset: number; readonly items: readonly string[] };
  readonly identities: { readonly total: number; readonly offset: number; readonly items: readonly IdentitySummary[] };
  readonly cells: readonly IdentityCell[];
  /** Links per state that fit the other filters, so that a filter says what it would show. */
  readonly counts: Readonly<Record<CloudLinkState, number>>;
  /** Identities that let nearly every service account in. */
  readonly openIdentities: number;
  /** Of all links, whatever the filters. */
  readonly namespaces: readonly string[];
  readonly providers: readonly CloudProvider[];
  /** Warnings about how the clouds are set up, of the clouds that the filters leave. */
  readonly warnings: readonly CloudWarning[];
}

/** Something about a cloud's set-up that widens who gets in. */
export interface CloudWarning {
  readonly provider: CloudProvider;
  readonly code: string;
  readonly says: string;
  readonly evidence: readonly Evidence[];
}

/** A bounded list that says how many there are. */
export interface Bounded<Item> {
  readonly total: number;
  readonly items: readonly Item[];
}

/** What an identity may do in one service. */
export interface ServicePermissions {
  readonly service: string;
  readonly accessLevels: readonly {
    /** `Read`, `List`, `Write`, `Tagging`, `Permissions management`, or what the cloud calls it. */
    readonly level: string;
    readonly count: number;
    /** A few of them. */
    readonly actions: readonly string[];
    /** Which policies, bindings or assignments give it. */
    readonly statements: readonly string[];
    /** How many of them hang on a condition, or are in part taken away again. */
    readonly conditional: number;
  }[];
}

/** Somebody who may act as an identity. */
export interface Assumer {
  readonly name: string;
  readonly node?: NodeSummary;
  readonly says: string;
  readonly state?: CloudLinkState;
}

/** GET /api/v1/identity?id= : what a cloud identity may do, and who may act as it. `id`: its node's id, ARN, email or client id. */
export interface IdentityDetail extends IdentitySummary {
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly warnings: readonly { readonly code: string; readonly says: string }[];
  readonly permissions: Bounded<ServicePermissions>;
  /** What could not be told of the permissions; undefined: nothing. */
  readonly permissionsNote?: string;
  readonly assumedBy: {
    readonly serviceAccounts: Bounded<Assumer>;
    /** Roles, service accounts and managed identities of the clouds. */
    readonly identities: Bounded<Assumer>;
    readonly people: Bounded<Assumer>;
    /** Services of the cloud itself, such as `ec2.amazonaws.com`. */
    readonly services: Bounded<Assumer>;
    /** Other clouds, clusters and identity providers. */
    readonly elsewhere: Bounded<Assumer>;
  };
}

/** GET /api/v1/diagnosis?account=NAMESPACE/NAME&identity= : why the service account's identities work or do not */
export interface DiagnosisAnswer extends Diagnosis {
  /** The identities that chains and links name. */
  readonly identities: readonly IdentitySummary[];
  /** Its links to `identity`, or to all identities, with what each rests on. */
  readonly links: Bounded<{
    readonly provider: CloudProvider;
    readonly identity: string;
    readonly method: CloudLinkMethod;
    readonly audience: string;
    readonly state: CloudLinkState;
    readonly code: string;
    readonly reason: string;
    readonly dependsOn: readonly string[];
    readonly evidence: readonly Evidence[];
  }>;
}
