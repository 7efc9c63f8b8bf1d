'use client';
import { useMemo } from 'react';
import type { TechniqueId } from '../../lib/graph/kinds.ts';
import { useTechniques } from '../api/use-techniques.ts';

/** Titles of techniques; until they are known, the id with spaces. */
export function useTechniqueTitle(): (id: TechniqueId) => string {
  const { data } = useTechniques();
  return useMemo(() => {
    const titles = new Map(data?.techniques.map((technique) => [technique.id, technique.title]));
    return (id) => titles.get(id) ?? id.replaceAll('-', ' ');
  }, [data]);
}
