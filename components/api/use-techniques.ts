'use client';
import type { TechniquesAnswer } from '../../lib/api/contract.ts';
import { useAnswer } from './use-answer.ts';

/** Every technique of the registry with its title and how many edges of it there are. */
export function useTechniques() {
  return useAnswer<TechniquesAnswer>({ path: 'techniques' });
}
