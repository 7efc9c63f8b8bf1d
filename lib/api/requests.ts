import * as z from 'zod';
import { NODE_KINDS, TECHNIQUE_CLASSES, TECHNIQUE_IDS } from '../graph/kinds.ts';

/** Requests as they come in a URL: every parameter checked, every number bounded, lists by repeated names. */

const id = z.string().min(1).max(2048);
const ids = z.array(id).max(200);
const bounded = (least: number, most: number, otherwise: number) => z.coerce.number().int().min(least).max(most).default(otherwise);
const depth = z.coerce.number().int().min(0).max(1000).optional();
const direction = z.enum(['forward', 'reverse']).default('forward');
const certainty = z.enum(['certain', 'all']).default('all');
/** `classes=rbac,token` */
const classes = z
  .string()
  .transform((text) => text.split(',').filter((word) => word !== ''))
  .pipe(z.array(z.enum(TECHNIQUE_CLASSES)))
  .optional();

export const SearchRequest = z.object({
  q: z.string().max(300).default(''),
  kind: z.enum(NODE_KINDS).optional(),
  limit: bounded(1, 200, 50),
});

export const ReachRequest = z.object({
  from: ids.min(1),
  direction,
  depth,
  classes,
  certainty,
  kind: z.enum(NODE_KINDS).optional(),
  hop: z.coerce.number().int().min(0).max(1000).optional(),
  offset: bounded(0, 10_000_000, 0),
  limit: bounded(1, 5000, 200),
});

export const PathsRequest = z.object({ from: id, to: id, k: bounded(1, 20, 5), by: z.enum(['hops', 'ease']).default('hops') });

/** Nodes that somebody marked as crown jewels, besides those that are by default. */
const jewels = ids;

export const CutsRequest = z.object({ from: ids.min(1), to: ids.min(1), certainty, jewels });

export const ChokePointsRequest = z.object({ target: ids, jewels, most: bounded(1, 100, 10) });

export const OverviewRequest = z.object({ jewels });

/** What a namespace may be called. Source: apimachinery, `IsDNS1123Label`. */
export const NAMESPACE_NAME = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** `namespace`: for manifests without one. */
export const WhatIfRequest = z.object({
  jewels,
  namespace: z
    .string()
    .regex(NAMESPACE_NAME, 'expected the name of a namespace: small letters, digits and dashes, 63 at most')
    .default('default'),
});

export const CUTS_LISTS: ReadonlySet<string> = new Set(['from', 'to', 'target', 'jewels']);

export const GraphRequest = z.object({ select: ids, direction, depth, classes, certainty, open: ids });

export const NodeRequest = z.object({ id });

export const EdgeRequest = z.object({ from: id, to: id, technique: z.enum(TECHNIQUE_IDS) });

export const WorkloadsRequest = z.object({
  reaches: z.enum(['cluster-admin', 'node', 'cloud-admin', 'cloud-role', 'secrets-beyond-own']).optional(),
  /** From where it is reached: by everybody, or from the network of the nodes alone. */
  exposed: z.enum(['internet', 'network']).optional(),
  namespace: z.string().max(253).optional(),
  certainty,
});

const linkFilters = {
  provider: z.enum(['aws', 'gcp', 'azure']).optional(),
  namespace: z.string().max(253).optional(),
  state: z.enum(['wired', 'possible', 'conditional', 'broken']).optional(),
  /** `hide`: without identities that let nearly every service account in. */
  everyone: z.enum(['show', 'hide']).default('show'),
  q: z.string().max(300).default(''),
};

export const LinksRequest = z.object({ ...linkFilters, offset: bounded(0, 10_000_000, 0), limit: bounded(1, 20_000, 20_000) });

export const IdentitiesRequest = z.object({
  ...linkFilters,
  row: bounded(0, 10_000_000, 0),
  rows: bounded(1, 200, 100),
  column: bounded(0, 10_000_000, 0),
  columns: bounded(1, 200, 50),
});

export const IdentityRequest = z.object({ id });

export const DiagnosisRequest = z.object({ account: z.string().min(3).max(600), identity: id.optional() });

const findingFilters = {
  severity: z.enum(['critical', 'high', 'medium', 'low']).optional(),
  namespace: z.string().max(253).optional(),
  q: z.string().max(300).default(''),
};

export const FindingsRequest = z.object({
  ...findingFilters,
  class: z.enum(['combination', 'exposure', 'cloud', 'rbac', 'workload', 'hygiene']).optional(),
});

export const FindingRequest = z.object({ ...findingFilters, id: z.string().min(1).max(100) });

const LISTS = new Set(['from', 'select', 'open']);

/** Parameters as an object: those that may be repeated as lists where the schema wants lists, the first value of the rest. */
export function parameters(query: Iterable<readonly [string, string]>, lists: ReadonlySet<string> = LISTS): Record<string, unknown> {
  const found = new Map<string, string | string[]>([...lists].map((name) => [name, []]));
  for (const [name, value] of query) {
    const known = found.get(name);
    if (Array.isArray(known)) known.push(value);
    else if (known === undefined) found.set(name, value);
  }
  return Object.fromEntries(found);
}
