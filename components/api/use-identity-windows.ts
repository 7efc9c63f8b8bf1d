'use client';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { IdentitiesAnswer, IdentityCell, IdentitySummary } from '../../lib/api/identities-contract.ts';
import { apiUrl, fetchJson } from './fetch-json.ts';
import type { LinkFilters } from './link-filters.ts';
import { useAnswer } from './use-answer.ts';
import { useDataVersion } from './use-status.ts';

/** Size of the windows that the matrix is read in. */
export const WINDOW = { rows: 100, columns: 50 } as const;

export interface Extent {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

const url = (filters: LinkFilters, row: number, column: number): string =>
  apiUrl('identities', { ...filters, row, column, rows: WINDOW.rows, columns: WINDOW.columns });

/** The matrix as far as it has been read; what has not is undefined. */
export interface IdentityWindows {
  readonly accountAt: (row: number) => string | undefined;
  readonly identityAt: (column: number) => IdentitySummary | undefined;
  readonly cellAt: (row: number, column: number) => IdentityCell | undefined;
}

/** The first window, which says how large the matrix is. */
export function useFirstIdentities(filters: LinkFilters) {
  return useAnswer<IdentitiesAnswer>({ path: 'identities', query: { ...filters, row: 0, column: 0, ...WINDOW } });
}

function* startsIn({ firstRow, lastRow, firstColumn, lastColumn }: Extent): Generator<readonly [row: number, column: number]> {
  const begin = (at: number, size: number): number => Math.floor(Math.max(0, at) / size) * size;
  for (let row = begin(firstRow, WINDOW.rows); row <= lastRow; row += WINDOW.rows)
    for (let column = begin(firstColumn, WINDOW.columns); column <= lastColumn; column += WINDOW.columns) yield [row, column];
}

/** Reads the windows of the matrix that are in sight, each once. */
export function useIdentityWindows(filters: LinkFilters, extent: Extent): IdentityWindows {
  const version = useDataVersion();
  const starts = [...startsIn(extent)];
  const answers = useQueries({
    queries: starts.map(([row, column]) => ({
      queryKey: ['identities', version, url(filters, row, column)],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetchJson<IdentitiesAnswer>(url(filters, row, column), { signal }),
      enabled: version !== undefined,
      placeholderData: keepPreviousData,
    })),
    combine: (results) => results.map(({ data, isPlaceholderData }) => (isPlaceholderData ? undefined : data)),
  });
  return useMemo(() => windowsOf(answers), [answers]);
}

function windowsOf(answers: readonly (IdentitiesAnswer | undefined)[]): IdentityWindows {
  const accounts = new Map<number, string>();
  const identities = new Map<number, IdentitySummary>();
  const cells = new Map<string, IdentityCell>();
  for (const answer of answers) {
    if (answer === undefined) continue;
    const { offset: top, items: rows } = answer.serviceAccounts;
    const { offset: left, items: columns } = answer.identities;
    for (const [at, account] of rows.entries()) accounts.set(top + at, account);
    for (const [at, identity] of columns.entries()) identities.set(left + at, identity);
    for (const cell of answer.cells) cells.set(`${top + cell.row} ${left + cell.column}`, cell);
  }
  return {
    accountAt: (row) => accounts.get(row),
    identityAt: (column) => identities.get(column),
    cellAt: (row, column) => cells.get(`${row} ${column}`),
  };
}
