import type { TechniqueClass, TechniqueId } from '../graph/kinds.ts';
import type { Gap } from '../inventory/gap.ts';
import type { EdgeSummary, Fix, NodeSummary, ReachSummary, Surety } from './contract.ts';

/** What `/api/v1/overview`, `/workloads`, `/links` and `/techniques` answer; part of the contract. */

/** GET /api/v1/overview */
export interface Overview {
  /** One sentence in plain words. */
  readonly sentence: string;
  readonly workloads: number;
  readonly pods: number;
  /** Ids among `jewels` that name no node here, and so mark nothing; absent: there are none. */
  readonly jewelsNotFound?: readonly string[];
  /** Shares of workloads; `href` is the list behind the number. */
  readonly shares: readonly {
    readonly id: 'cluster-admin' | 'node' | 'cloud-admin' | 'cloud-role' | 'secrets-beyond-own' | 'internet';
    readonly label: string /** Surely. */;
    readonly count: number /** Further ones, only conditionally. */;
    readonly conditional: number;
    readonly of: number;
    readonly href: string;
  }[];
  /** Workloads that are reached from outside of the cluster by exposure alone. */
  readonly exposure: {
    readonly internet: number;
    /** From the network of the nodes, and not from the internet. */
    readonly network: number;
    /** Of those that the internet reaches, how many reach cluster admin. */
    readonly internetToClusterAdmin: number;
  };
  readonly riskiest: readonly {
    readonly workload: NodeSummary;
    readonly pods: number;
    /** A pod to open in the Explorer. */
    readonly start: string;
    readonly severity: ReachSummary['severity'];
    readonly verdict: string;
    readonly score: number;
    /** Named factors whose points add up to the score. */
    readonly factors: readonly { readonly name: string; readonly points: number }[];
  }[];
  /** Bindings, tokens and escapes that most workloads' ways to cluster admin or a cloud administrator go through. */
  readonly fixFirst: readonly { readonly edge: EdgeSummary; readonly workloads: number; readonly fix: Fix }[];
  readonly byNamespace: readonly {
    readonly namespace: string;
    readonly workloads: number;
    readonly clusterAdmin: number;
    readonly node: number;
    readonly cloud: number;
    readonly worst: ReachSummary['severity'];
  }[];
  readonly gaps: readonly Gap[];
}

/** GET /api/v1/workloads?reaches=cluster-admin|node|cloud-admin|cloud-role&exposed=internet|network&namespace=&certainty=certain|all : the list behind a number */
export interface WorkloadsAnswer {
  readonly total: number;
  readonly workloads: readonly {
    readonly workload: NodeSummary;
    readonly start: string;
    readonly pods: number;
    readonly severity: ReachSummary['severity'];
    readonly verdict: string;
    readonly score: number /** Whether it surely reaches what was asked for. */;
    readonly certainty: Surety;
    /** From where it is reached by the network, and by what on the way: load balancer, Ingress, service. */
    readonly exposed?: 'internet' | 'network';
    readonly exposedBy?: readonly NodeSummary[];
  }[];
}

/** GET /api/v1/links?state= : every service account and cloud identity that something connects. */
export interface LinksAnswer {
  readonly total: number;
  readonly links: readonly CloudLink[];
}

export interface CloudLink {
  /** `namespace/name` */
  readonly serviceAccount: string;
  readonly provider: 'aws' | 'gcp' | 'azure';
  /** ARN of the role, email of the GSA, Azure client id. */
  readonly identity: string;
  /** What people call it, where the identity itself does not say it. */
  readonly name?: string;
  readonly method: 'irsa' | 'pod-identity' | 'gke' | 'federation' | 'aks';
  readonly audience: string;
  readonly state: 'wired' | 'possible' | 'conditional' | 'broken';
  readonly code: string;
  readonly reason: string;
}

/** GET /api/v1/techniques */
export interface TechniquesAnswer {
  readonly techniques: readonly {
    readonly id: TechniqueId;
    readonly title: string;
    readonly class: TechniqueClass;
    readonly precondition: string;
    readonly coverage: string;
    readonly attck: readonly string[];
    readonly edges: number;
  }[];
}
