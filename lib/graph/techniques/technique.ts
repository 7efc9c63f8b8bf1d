import type { Closing } from '../closing.ts';
import type { Asking } from '../facts/asked.ts';
import type { Facts } from '../facts/facts.ts';
import type { Certainty, NodeKind, TechniqueClass, TechniqueId } from '../kinds.ts';
import type { Explanation, Fix } from '../model.ts';

/** Reports an edge between two node numbers. `detail` is a number that the technique's `explain` understands. */
export type Emit = (from: number, to: number, detail?: number, certainty?: Certainty) => void;

/** An edge as `explain` gets it. */
export interface FoundEdge {
  readonly from: number;
  readonly to: number;
  readonly detail: number;
  readonly certainty: Certainty;
}

/** How much of the real thing the technique finds, said honestly. */
export type Coverage = { readonly level: 'full' } | { readonly level: 'partial'; readonly misses: string };

/** One way to move, or one structural fact, in one file. */
export interface Technique<Id extends TechniqueId = TechniqueId> {
  /** The file's name. */
  readonly id: Id;
  readonly title: string;
  readonly class: TechniqueClass;
  /** Whether an attacker moves along it; false for what only says how things are. */
  readonly walked: boolean;
  readonly from: readonly NodeKind[];
  readonly to: readonly NodeKind[];
  /** What the attacker does, in a sentence. */
  readonly action: string;
  /** One sentence that a person can check. */
  readonly precondition: string;
  /** What to change, as an instruction. */
  readonly remediation: string;
  readonly coverage: Coverage;
  /** MITRE ATT&CK technique ids. */
  readonly attck: readonly string[];
  readonly references: readonly string[];
  /** Reports every edge, each once; pure, deterministic, does not throw for data. */
  readonly find: (facts: Facts, emit: Emit) => void;
  /**
   * Requests of the edge that pass through admission: where something there may refuse them, an edge that was found as certain becomes
   * conditional, and its explanation says on what. Undefined, or without it: RBAC alone decides, or `find` has asked itself.
   */
  readonly asks?: (facts: Facts, edge: FoundEdge) => Asking | undefined;
  /** Single changes each of which closes the edge, as stable keys that edges closed by the same change share. None: nobody can close it by itself. */
  readonly changes?: (facts: Facts, edge: FoundEdge) => readonly string[];
  /** Everything that closes the edge, where several changes may be needed together; without it any one of `changes`. */
  readonly closing?: (facts: Facts, edge: FoundEdge) => Closing;
  /** How to make one of the changes that `closing` names; without it, or where it is undefined, the fix that `explain` tells. */
  readonly fix?: (facts: Facts, edge: FoundEdge, change: string) => Fix | undefined;
  /** The evidence behind one edge and how to close it. */
  readonly explain: (facts: Facts, edge: FoundEdge) => Explanation;
}

/** Freezes a technique and lets the compiler check that file, id and registry agree. */
export function defineTechnique<Id extends TechniqueId>(technique: Technique<Id>): Technique<Id> {
  return Object.freeze(technique);
}
