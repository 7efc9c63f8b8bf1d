import type { PodSpec } from '../../inventory/kubernetes.ts';
import type { NodeTraits } from './node-traits.ts';

/** One way from a container to its node. */
export interface NodeEscape {
  /** JSON pointer below the pod. */
  readonly pointer: string;
  readonly says: string;
  /** Where the second part of the precondition stands, if it has two. */
  readonly alongWith?: { readonly pointer: string; readonly says: string };
  /** What it hangs on; undefined: certain. */
  readonly hangsOn?: string;
}

/** Which ways out of a pod with this spec there are, on a node like this one. */
export type DecideEscapes = (spec: PodSpec, node: NodeTraits) => readonly NodeEscape[];

/** `{ hangsOn }` of those conditions that there are; nothing where there is none. */
export function hangingOn(...conditions: readonly (string | undefined)[]): { readonly hangsOn?: string } {
  const there = [...new Set(conditions.filter((condition) => condition !== undefined))];
  return there.length === 0 ? {} : { hangsOn: there.join('; ') };
}
