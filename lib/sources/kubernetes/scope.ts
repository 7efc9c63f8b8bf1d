import type { Inventory } from '../../inventory/inventory.ts';
import type { ListedResource } from '../listed-resources.ts';
import { type ListEnd, type ListResult, readList } from './list.ts';
import { isRecord, LAST_APPLIED } from './page.ts';
import type { Run } from './run.ts';

/** What one list, cluster-wide or of a namespace, gave. */
export interface ScopeResult {
  readonly end: ListEnd;
  /** Whether any page was read. */
  readonly some: boolean;
  readonly inventory: Inventory;
  readonly warnings: readonly ScopeWarning[];
}

export type ScopeWarning = 'values-sent' | 'token-types-unknown';

const TOKEN_TYPE = 'kubernetes.io/service-account-token';

/** Reads all objects of one resource in one namespace, or in the cluster. */
export async function readScope(run: Run, resource: ListedResource, namespace?: string): Promise<ScopeResult> {
  const where = { resource, ...(namespace === undefined ? {} : { namespace }) };
  return resource.kind === 'Secret' ? readSecrets(run, where) : scopeResult(await readList(run, where), []);
}

/**
 * Secrets, without their values: metadata only. That has no `type`, so the ones that are service account tokens are asked
 * for first, by field selector, and marked as the others go by.
 */
async function readSecrets(run: Run, where: { readonly resource: ListedResource; readonly namespace?: string }): Promise<ScopeResult> {
  const tokens = new Set<string>();
  const first = await readList(
    { ...run, progress: () => undefined },
    {
      ...where,
      metadataOnly: true,
      fieldSelector: `type=${TOKEN_TYPE}`,
      onStart: () => tokens.clear(),
      adapt: (item) => {
        tokens.add(secretKey(item));
        return withoutValues(item, TOKEN_TYPE);
      },
    },
  );
  if (first.end.state === 'forbidden' || first.end.state === 'absent') return scopeResult(first, []);
  const all = await readList(run, {
    ...where,
    metadataOnly: true,
    adapt: (item) => withoutValues(item, tokens.has(secretKey(item)) ? TOKEN_TYPE : undefined),
  });
  const warnings: ScopeWarning[] = [];
  if (first.ignoredMetadataOnly || all.ignoredMetadataOnly) warnings.push('values-sent');
  if (first.end.state === 'failed' && all.end.state === 'complete') warnings.push('token-types-unknown');
  return scopeResult(all, warnings);
}

function scopeResult({ end, pages, builder }: ListResult, warnings: readonly ScopeWarning[]): ScopeResult {
  return { end, some: pages > 0 || end.state === 'complete', inventory: builder.finish(), warnings };
}

function secretKey(item: unknown): string {
  const metadata = isRecord(item) && isRecord(item.metadata) ? item.metadata : {};
  return `${String(metadata.namespace)}/${String(metadata.name)}`;
}

/**
 * A Secret with metadata, type and key names only. The parser has taken the values of whole Secrets away already; this
 * holds even for a server that calls its list metadata-only and sends more. kubectl's annotation repeats the values.
 */
function withoutValues(item: unknown, type: string | undefined): unknown {
  if (!isRecord(item)) return undefined;
  const { metadata } = item;
  if (isRecord(metadata) && isRecord(metadata.annotations)) delete metadata.annotations[LAST_APPLIED];
  const names = ['data', 'stringData'].flatMap((field) => (isRecord(item[field]) ? Object.keys(item[field]) : []));
  const known = type ?? (typeof item.type === 'string' ? item.type : undefined);
  const whole = item.type !== undefined || names.length > 0;
  return {
    ...(whole ? { apiVersion: 'v1', kind: 'Secret' } : { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata' }),
    metadata,
    ...(known === undefined ? {} : { type: known }),
    ...(names.length === 0 ? {} : { data: Object.fromEntries(names.map((name) => [name, ''])) }),
  };
}
