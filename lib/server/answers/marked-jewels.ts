import type { Graph } from '../../graph/model.ts';
import { findNode } from '../../graph/read.ts';

/** Nodes that somebody has marked as crown jewels. */
export interface MarkedJewels {
  readonly nodes: readonly number[];
  /** Ids that name no node. A mark may have been made on another day's data, so that it is told and refuses nothing. */
  readonly notFound: readonly string[];
}

export function markedJewels(graph: Graph, ids: readonly string[]): MarkedJewels {
  const found = ids.map((id) => ({ id, node: findNode(graph, id) }));
  return {
    nodes: found.flatMap(({ node }) => node ?? []),
    notFound: found.filter(({ node }) => node === undefined).map(({ id }) => id),
  };
}

/** How an answer tells marks of nothing; nothing where there are none. */
export const tellingNotFound = (notFound: readonly string[]): { readonly jewelsNotFound?: readonly string[] } =>
  notFound.length === 0 ? {} : { jewelsNotFound: notFound };
