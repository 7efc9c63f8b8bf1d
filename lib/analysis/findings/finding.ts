import type { Evidence } from '../../graph/model.ts';
import type { FindingWorld } from '../finding-facts/world.ts';
import type { Severity } from '../summary.ts';

/** What a filter on the screen groups findings by. */
export const FINDING_CLASSES = ['combination', 'exposure', 'cloud', 'rbac', 'workload', 'hygiene'] as const;
export type FindingClass = (typeof FINDING_CLASSES)[number];

/** An object by the names that people give it; a uid or a number would differ from run to run. */
export interface ObjectName {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What a row is about; `node` is its number in the graph, for links to the Explorer. */
export interface Subject extends ObjectName {
  readonly node?: number;
}

/**
 * A change of one object as its manifest. `strategic` and `json`: as `kubectl patch --type` names it. `delete`: a strategic merge patch of
 * kustomize that takes the object out. `manifest`: a new object. `document`: the JSON that a cloud keeps, as it is after the fix.
 */
export interface ManifestPatch {
  readonly target: ObjectName & { readonly apiVersion?: string };
  readonly type: 'strategic' | 'json' | 'delete' | 'manifest' | 'document';
  /** What the text is and who takes it. */
  readonly says: string;
  /** YAML, or JSON for a cloud. What somebody has to fill in stands in `<…>`. */
  readonly text: string;
}

export interface RowFix {
  readonly says: string;
  readonly command?: string;
  /** The same as manifests, in the order in which they are made. */
  readonly patches?: readonly ManifestPatch[];
  /** Why there is no command, or no patch; undefined: there are both. */
  readonly lacks?: string;
}

/** One place where the finding holds. */
export interface FindingRow {
  readonly subject: Subject;
  /** Tells rows about the same subject apart; made of names, never of places in a list. */
  readonly part?: string;
  /** Where it differs from the finding's. */
  readonly severity?: Severity;
  /** What it means in this cluster. */
  readonly whyHere: string;
  /** How many of the population it stands for; undefined: one. */
  readonly counts?: number;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  readonly fix: RowFix;
}

/** An admission policy that would have stopped it, or why admission cannot. */
export type Prevention =
  | { readonly kind: 'ValidatingAdmissionPolicy' | 'ClusterPolicy'; readonly says: string; readonly yaml: string }
  | { readonly kind: 'none'; readonly says: string };

/** The N of `7 of 232 pods`. */
export interface Population {
  readonly total: number;
  /** `pods`, in the plural. */
  readonly of: string;
}

/** One thing that should not be so, in one file: what it is, where it holds, how to mend it and what would have stopped it. */
export interface Finding<Id extends string = string> {
  /** The file's name. */
  readonly id: Id;
  readonly title: string;
  /** Of a row that says nothing else. */
  readonly severity: Severity;
  readonly class: FindingClass;
  readonly why: string;
  readonly remediation: string;
  /** What it does not see, said honestly; undefined: nothing that is known. */
  readonly misses?: string;
  readonly references: readonly string[];
  readonly prevention: Prevention;
  readonly population: (world: FindingWorld) => Population;
  /** Every place where it holds, each once; pure, does not throw for data. */
  readonly find: (world: FindingWorld) => Iterable<FindingRow>;
}

/** Freezes a finding and lets the compiler check that id and registry agree. */
export function defineFinding<Id extends string>(finding: Finding<Id>): Finding<Id> {
  return Object.freeze(finding);
}
