import type { Gap } from '../../gap.ts';
import type {
  GcpDenyPolicy,
  GcpFolder,
  GcpPolicy,
  GcpPoolProvider,
  GcpProject,
  GcpRole,
  GcpServiceAccount,
  GkeCluster,
} from '../../gcp.ts';

export type GcpGap = Omit<Gap, 'id'>;

/** A page of a list. `of`: what the list is of, the same for all its pages. */
export interface GcpPage {
  readonly of: string;
  readonly file: string;
  readonly more: boolean;
  readonly permission?: string;
}

/** Takes what the answers say, in any order; projects may still be named by number. */
export interface GcpSink {
  project(project: GcpProject): void;
  folder(folder: GcpFolder): void;
  serviceAccount(account: GcpServiceAccount): void;
  /** The whole list of the project's service accounts was read, or one page of it. */
  serviceAccountsListed(project: string): void;
  policy(policy: GcpPolicy, file: string): void;
  denyPolicy(policy: GcpDenyPolicy): void;
  denyPoliciesListed(attachedTo: string): void;
  role(role: GcpRole): void;
  cluster(cluster: GkeCluster): void;
  poolProvider(provider: GcpPoolProvider): void;
  /** Which project a bucket belongs to. */
  bucket(bucket: { readonly name: string; readonly project: string }): void;
  page(page: GcpPage): void;
  gap(gap: GcpGap): void;
}
