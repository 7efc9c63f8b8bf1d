'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ReachAnswer, ReachedNode } from '../../lib/api/contract.ts';
import { fetchJson } from './fetch-json.ts';
import { type ReachQuestion, reachUrl } from './use-reach.ts';
import { useDataVersion } from './use-status.ts';

/** Rows of one page of `reach`, and how many rows the browser holds at most; an export reads on to the end. */
export const REACH_PAGE = 1000;
const HELD_MAX = 20_000;

export interface ReachRows {
  /** The first page's answer: summary, hops, gaps, total. */
  readonly answer: ReachAnswer | undefined;
  readonly rows: readonly ReachedNode[];
  /** False while further pages are read. */
  readonly complete: boolean;
  /** More is reached than the browser holds. */
  readonly cut: boolean;
  readonly error: Error | null;
  readonly stale: boolean;
  readonly refetch: () => void;
}

/** Everything reached, page after page, up to a bound; asks nothing while `from` is empty. */
export function useReachAll(question: Omit<ReachQuestion, 'offset' | 'limit'>): ReachRows {
  const version = useDataVersion();
  const asked = useInfiniteQuery({
    queryKey: ['reach-all', version, reachUrl(question)],
    queryFn: ({ pageParam, signal }) => fetchJson<ReachAnswer>(reachUrl({ ...question, offset: pageParam, limit: REACH_PAGE }), { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, _pages, offset) => {
      const next = offset + last.reached.length;
      return last.reached.length === 0 || next >= last.total ? undefined : next;
    },
    enabled: question.from.length > 0 && version !== undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => asked.data?.pages.flatMap((page) => page.reached) ?? [], [asked.data]);
  const more = asked.hasNextPage && rows.length < HELD_MAX && !asked.isPlaceholderData;
  const { fetchNextPage, isFetching, isError } = asked;
  useEffect(() => {
    if (more && !isFetching && !isError) void fetchNextPage();
  }, [more, isFetching, isError, fetchNextPage]);
  const answer = asked.data?.pages[0];
  return {
    answer,
    rows,
    complete: answer !== undefined && !more,
    cut: answer !== undefined && answer.total > HELD_MAX,
    error: asked.error,
    stale: asked.isPlaceholderData,
    refetch: () => void asked.refetch(),
  };
}
