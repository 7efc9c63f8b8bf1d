'use client';
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { apiUrl, fetchJson, type QueryValue } from './fetch-json.ts';
import { useDataVersion } from './use-status.ts';

export interface Question {
  readonly path: string;
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** False: do not ask (yet). */
  readonly enabled?: boolean;
}

/** What react-query says, and `stale`: `data` answers an older question, while the new one is under way or after it failed. */
export type AnswerState<Answer> = UseQueryResult<Answer, Error> & { readonly stale: boolean };

/**
 * Asks the API one question of the data at hand. Waits until data is there, asks again when its version changes,
 * aborts what is no longer wanted, and keeps the last good answer.
 */
export function useAnswer<Answer>({ path, query = {}, enabled = true }: Question): AnswerState<Answer> {
  const version = useDataVersion();
  const url = apiUrl(path, query);
  const asked = useQuery<Answer, Error>({
    queryKey: [path, version, url],
    queryFn: ({ signal }) => fetchJson<Answer>(url, { signal }),
    enabled: enabled && version !== undefined,
    placeholderData: keepPreviousData,
  });
  const lastGood = useRef<Answer>(undefined);
  useEffect(() => {
    if (asked.data !== undefined) lastGood.current = asked.data;
  }, [asked.data]);
  const data = asked.data ?? (asked.isError ? lastGood.current : undefined);
  // An error that keeps older data is what react-query calls a refetch error; the union cannot see that.
  return { ...asked, data, stale: asked.isPlaceholderData || (asked.isError && data !== undefined) } as AnswerState<Answer>;
}
