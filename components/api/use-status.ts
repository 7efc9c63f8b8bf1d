'use client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Status } from '../../lib/api/contract.ts';
import { apiUrl, fetchJson } from './fetch-json.ts';

export const STATUS_KEY = ['status'] as const;
const LOADING_POLL_MS = 1000;

/** What is loaded. Asks every second while loading, and again whenever the window gets the focus. */
export function useStatus(): UseQueryResult<Status, Error> {
  return useQuery<Status, Error>({
    queryKey: STATUS_KEY,
    queryFn: ({ signal }) => fetchJson<Status>(apiUrl('status'), { signal }),
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: (query) => (query.state.data?.state === 'loading' ? LOADING_POLL_MS : false),
  });
}

/** Names the data that answers are computed from; undefined while nothing is loaded yet. */
export function dataVersion(status: Status | undefined): string | undefined {
  if (status === undefined) return undefined;
  if (status.collectedAt === undefined && status.state !== 'ready' && status.counts.nodes === 0) return undefined;
  return [status.source.label, status.collectedAt ?? '', status.counts.nodes, status.counts.edges].join('|');
}

/** `dataVersion` of the status at hand. */
export function useDataVersion(): string | undefined {
  return dataVersion(useStatus().data);
}
