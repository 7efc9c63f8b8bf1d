import type { Gap } from '../inventory/gap.ts';
import type { EdgeDetail, EdgeSummary, NodeSummary, ReachSummary, Surety } from './contract.ts';

/** What `/api/v1/what-if` and `/api/v1/preview` answer; part of the contract. */

export type Severity = ReachSummary['severity'];

/** A crown jewel that somebody reaches in one world otherwise than in the other; undefined: not at all. */
export interface JewelChange {
  readonly jewel: NodeSummary;
  readonly before?: Surety;
  readonly after?: Surety;
  readonly severity: Severity;
}

/** One source of ways: a workload, an account, a user, a group, or where traffic comes from. */
export interface SourceChange {
  readonly source: NodeSummary;
  /** How many jewels; the worst of them are listed. */
  readonly total: number;
  readonly severity: Severity;
  readonly jewels: readonly JewelChange[];
  /** The shortest way to the first, with evidence; only for the first sources. */
  readonly way: readonly EdgeDetail[];
}

export interface PairChanges {
  /** Pairs of a source and a crown jewel, and those of workloads among them. */
  readonly pairs: number;
  readonly workloadPairs: number;
  readonly sources: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Worst first, at most 100. */
  readonly list: readonly SourceChange[];
}

/** What a workload reaches before and after; absent: it is not there. */
export interface VerdictChange {
  readonly workload: NodeSummary;
  readonly before?: { readonly severity: Severity; readonly verdict: string };
  readonly after?: { readonly severity: Severity; readonly verdict: string };
}

/** A finding that holds for something before or after, and not the other time. */
export interface FindingChange {
  readonly finding: string;
  readonly title: string;
  readonly severity: Severity;
  readonly rows: number;
  /** The first of them, in words. */
  readonly subjects: readonly string[];
}

/**
 * POST /api/v1/what-if : the body is JSON or YAML, changes as `what-if --change` takes them
 * POST /api/v1/preview : the body is manifests, as `kubectl kustomize` or `helm template` print them
 * Both: ?namespace= for manifests without one, jewels=ID… for crown jewels besides the default ones. No changes at all: 400.
 */
export interface WhatIfAnswer {
  /** How many changes were made. */
  readonly changes: number;
  /** What else follows from them, each with the place of its change. */
  readonly notes: { readonly total: number; readonly list: readonly { readonly change: number; readonly says: string }[] };
  /** Manifests of kinds that are not read and so not judged, those first whose controllers make pods; the first 100 kinds. */
  readonly notJudged: readonly { readonly kind: string; readonly group: string; readonly count: number; readonly makesPods: boolean }[];
  /** Ids among `jewels` that name no node here, and so mark nothing; absent: there are none. */
  readonly jewelsNotFound?: readonly string[];
  readonly opened: PairChanges;
  readonly closed: PairChanges;
  readonly workloads: { readonly total: number; readonly changed: number; readonly list: readonly VerdictChange[] };
  /** Hops that are new and that are gone; the first of each. */
  readonly edges: {
    readonly opened: number;
    readonly closed: number;
    readonly firstOpened: readonly EdgeSummary[];
    readonly firstClosed: readonly EdgeSummary[];
  };
  readonly findings: { readonly opened: readonly FindingChange[]; readonly fixed: readonly FindingChange[] };
  readonly gaps: readonly Gap[];
  /** Milliseconds that it took; of the API only. */
  readonly tookMs?: number;
}
