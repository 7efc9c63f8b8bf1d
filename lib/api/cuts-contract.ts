import type { TechniqueId } from '../graph/kinds.ts';
import type { Gap } from '../inventory/gap.ts';
import type { EdgeDetail, EdgeSummary, Fix, NodeSummary, ReachSummary } from './contract.ts';

/** What `/api/v1/cuts` and `/api/v1/choke-points` answer; part of the contract. */

/** One change, with what it closes and what it takes from whom. Every list is bounded and its count says how many there are. */
export interface ChangeAnswer {
  /** Stable key; `POST /api/v1/what-if` takes it as `{"change": KEY}`. */
  readonly change: string;
  readonly fix: Fix;
  /** One of the edges on the way that it closes. */
  readonly closes: EdgeSummary;
  readonly edges: number;
  readonly takesFrom: {
    readonly nodes: number;
    readonly workloads: number;
    /** Workloads that are none of the sources. */
    readonly otherWorkloads: number;
    readonly most: readonly { readonly node: NodeSummary; readonly edges: number; readonly techniques: readonly TechniqueId[] }[];
    readonly others: readonly NodeSummary[];
  };
}

/** GET /api/v1/cuts?from=ID(&from=ID…)&to=ID(&to=ID…)|crown-jewels&certainty=certain|all(&jewels=ID…) */
export interface CutsAnswer {
  /** The first of them, and how many there are. A source that is one of the targets counts as a source. */
  readonly from: readonly NodeSummary[];
  readonly to: readonly NodeSummary[];
  readonly targets: number;
  /** Targets that the sources reach as things are. */
  readonly reached: number;
  /** Targets that no change keeps apart from the sources, each with a way none of whose hops any change closes; the rest is cut. */
  readonly inseparable: {
    readonly total: number;
    readonly first: readonly { readonly target: NodeSummary; readonly way: readonly EdgeDetail[] }[];
  };
  readonly changes: readonly ChangeAnswer[];
  /** Whether no smaller set does it. */
  readonly exact: boolean;
  /** Whether a walk without what the changes close reaches none of the targets that can be cut. */
  readonly suffices: boolean;
  /** What the sources still reach once the changes are made. */
  readonly remains: ReachSummary;
  /** Ids among `jewels` that name no node here, and so mark nothing; absent: there are none. */
  readonly jewelsNotFound?: readonly string[];
  readonly gaps: readonly Gap[];
}

/** GET /api/v1/choke-points?target=ID(&target=ID…)&most=(&jewels=ID…) ; without targets the crown jewels. */
export interface ChokePointsAnswer {
  readonly targets: number;
  readonly workloads: number;
  /** Pairs of a workload and a target that it reaches. */
  readonly pairs: number;
  /** Ids among `jewels` that name no node here, and so mark nothing; absent: there are none. */
  readonly jewelsNotFound?: readonly string[];
  readonly changes: readonly (ChangeAnswer & { readonly pairs: number; readonly workloads: number })[];
}
