'use client';
import {
  createParser,
  parseAsArrayOf,
  parseAsIndex,
  parseAsInteger,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
import { parseEdgeKey, writeEdgeKey } from './edge-key.ts';
import { CLASSES } from './technique-classes.ts';

const parseAsEdge = createParser({ parse: parseEdgeKey, serialize: writeEdgeKey, eq: (a, b) => writeEdgeKey(a) === writeEdgeKey(b) });

/** Everything about the Explorer that a link has to carry, by its name in the URL. */
const PARSERS = {
  select: parseAsNativeArrayOf(parseAsString),
  direction: parseAsStringLiteral(['forward', 'reverse']).withDefault('forward'),
  depth: parseAsInteger,
  classes: parseAsArrayOf(parseAsStringLiteral(CLASSES)),
  certainty: parseAsStringLiteral(['certain', 'all']).withDefault('all'),
  /** Workloads whose pods are drawn one by one. */
  open: parseAsNativeArrayOf(parseAsString),
  /** Stacks of alike nodes that are drawn one by one. */
  unstack: parseAsNativeArrayOf(parseAsString),
  hide: parseAsNativeArrayOf(parseAsString),
  from: parseAsString,
  to: parseAsString,
  /** Which of the paths is lit, from 1. */
  path: parseAsIndex.withDefault(0),
  edge: parseAsEdge,
  tab: parseAsStringLiteral(['details', 'path']),
  view: parseAsStringLiteral(['canvas', 'table']).withDefault('canvas'),
  panel: parseAsStringLiteral(['open', 'closed']).withDefault('open'),
};

/** State of the Explorer in the URL and a setter for parts of it; choosing something is a step that Back undoes. */
export function useExplorerState() {
  return useQueryStates(PARSERS, { history: 'push', clearOnDefault: true });
}

export type ExplorerState = ReturnType<typeof useExplorerState>[0];
export type SetExplorerState = ReturnType<typeof useExplorerState>[1];
