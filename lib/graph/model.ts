import type { Gap } from '../inventory/gap.ts';
import type { Closing } from './closing.ts';
import type { Certainty, NodeKind, TechniqueId } from './kinds.ts';

/** A kind-prefixed id such as `sa:shop/api`. Branded, so that no bare name is ever taken for one. */
export type NodeId = string & { readonly __brand: 'NodeId' };

/** Which object, where in it, and what it means: without these there is no edge. */
export interface Evidence {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  /** RFC 6901 JSON pointer into the object as its API prints it. */
  readonly pointer: string;
  readonly says: string;
}

export interface Node {
  readonly id: NodeId;
  readonly kind: NodeKind;
  readonly name: string;
  readonly namespace?: string;
}

/** An edge as callers see it; the graph itself keeps numbers. */
export interface Edge {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly technique: TechniqueId;
  readonly certainty: Certainty;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/**
 * Edges of one direction, grouped by node, as compressed sparse rows: the edges of node n are
 * `edges[offsets[n]] … edges[offsets[n + 1] - 1]`, and `ends` holds the node at the other end at the same places.
 * Within a row come first the certain edges that are walked (up to `certainEnd[n]`), then the conditional ones
 * (up to `walkedEnd[n]`), then those that nobody walks.
 */
export interface Rows {
  readonly offsets: Int32Array;
  readonly certainEnd: Int32Array;
  readonly walkedEnd: Int32Array;
  readonly ends: Int32Array;
  readonly edges: Int32Array;
}

/** Nodes by number: what is known of node n stands at place n of each list. */
export interface NodeTable {
  readonly count: number;
  readonly ids: readonly NodeId[];
  readonly kinds: readonly NodeKind[];
  readonly names: readonly string[];
  /** Empty where the node belongs to no namespace. */
  readonly namespaces: readonly string[];
  /** The record behind the node, or undefined for nodes that stand for many and for objects that were not read. */
  readonly records: readonly unknown[];
  readonly indexOf: (id: string) => number | undefined;
}

/** Edges by number. `technique` and `certainty` index TECHNIQUE_IDS and CERTAINTIES; `detail` is the technique's own. */
export interface EdgeTable {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly technique: Uint8Array;
  readonly certainty: Uint8Array;
  readonly detail: Int32Array;
}

export interface Graph {
  readonly nodes: NodeTable;
  readonly edges: EdgeTable;
  readonly forward: Rows;
  readonly reverse: Rows;
  readonly gaps: readonly Gap[];
  /** The sentences behind edge e, made when asked for. */
  readonly explain: (edge: number) => Explanation;
  /** Single changes each of which closes edge e; edges that the same change closes share its key. */
  readonly changes: (edge: number) => readonly string[];
  /** Everything that closes edge e, changes that only together do so included, in the same keys. */
  readonly closing: (edge: number) => Closing;
  /** How to make one of the changes that `closing` of edge e names. */
  readonly fix: (edge: number, change: string) => Fix;
}

/** How to close an edge: what to change, the command that does it, and what that takes away. */
export interface Fix {
  readonly says: string;
  readonly command?: string;
  readonly sideEffect?: string;
}

export interface Explanation {
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** What a conditional or possible edge hangs on, or why a link is broken. */
  readonly hangsOn?: string;
  readonly fix: Fix;
}
