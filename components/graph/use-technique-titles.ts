'use client';
import { useMemo } from 'react';
import type { TechniqueId } from '../../lib/graph/kinds.ts';
import { useTechniques } from '../api/use-techniques.ts';

/** Title of every technique, as the registry gives it. */
export function useTechniqueTitles(): ReadonlyMap<TechniqueId, string> {
  const { data } = useTechniques();
  return useMemo(() => new Map(data?.techniques.map(({ id, title }) => [id, title])), [data]);
}
