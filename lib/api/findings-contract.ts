import type { Evidence, NodeSummary, ReachSummary } from './contract.ts';

/** What `/api/v1/findings` and `/api/v1/finding` answer; part of the contract. */

export type FindingSeverity = ReachSummary['severity'];
export type FindingClass = 'combination' | 'exposure' | 'cloud' | 'rbac' | 'workload' | 'hygiene';

/** A finding that holds somewhere, as the list shows it. */
export interface FindingSummary {
  readonly id: string;
  readonly title: string;
  readonly class: FindingClass;
  /** Of its worst row that fits the filters. */
  readonly severity: FindingSeverity;
  /** The 7 of `7 of 232 pods`: of rows that fit the filters. */
  readonly count: number;
  readonly of: { readonly total: number; readonly of: string };
  /** How many rows fit the filters. */
  readonly rows: number;
}

/** GET /api/v1/findings?class=&severity=&namespace=&q= : findings that hold, worst first. */
export interface FindingsAnswer {
  /** How many findings were looked for. */
  readonly looked: number;
  readonly findings: readonly FindingSummary[];
  /** Of all rows, whatever the filters say, sorted. */
  readonly namespaces: readonly string[];
}

/** GET /api/v1/finding?id=ID&severity=&namespace=&q= : one finding with its rows. */
export interface FindingAnswer extends FindingSummary {
  readonly why: string;
  readonly remediation: string;
  /** What the finding does not see. */
  readonly misses?: string;
  readonly references: readonly string[];
  readonly prevention: {
    readonly kind: 'ValidatingAdmissionPolicy' | 'ClusterPolicy' | 'none';
    readonly says: string;
    readonly yaml?: string;
  };
  /** Worst first; at most as many as an answer may hold, `rows` counts them all. */
  readonly list: readonly FindingRow[];
}

export interface FindingRow {
  /** The same in every run in which it holds. */
  readonly identity: string;
  readonly severity: FindingSeverity;
  readonly subject: { readonly kind: string; readonly namespace?: string; readonly name: string; readonly node?: NodeSummary };
  readonly whyHere: string;
  /** How many of the population it stands for. */
  readonly counts: number;
  /** At most the first few. */
  readonly evidence: readonly Evidence[];
  readonly moreEvidence: number;
  readonly fix: {
    readonly says: string;
    readonly command?: string;
    /** The same as manifests: `document` is what a cloud keeps, in JSON; all others are YAML. */
    readonly patches?: readonly {
      readonly target: { readonly apiVersion?: string; readonly kind: string; readonly namespace?: string; readonly name: string };
      readonly type: 'strategic' | 'json' | 'delete' | 'manifest' | 'document';
      readonly says: string;
      readonly text: string;
    }[];
    /** Why there is no command, or no patch. */
    readonly lacks?: string;
  };
}
