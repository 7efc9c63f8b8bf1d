'use client';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import type { LinkFilters } from '../api/link-filters.ts';
import { useSettled } from '../ui/use-settled.ts';
import { LINK_STATE_VALUES } from './link-states.ts';

export const PROVIDERS = ['aws', 'gcp', 'azure'] as const;
const TYPING_MS = 200;

/** Everything about the page that a link has to carry, by its name in the URL. */
const PARSERS = {
  provider: parseAsStringLiteral(PROVIDERS),
  namespace: parseAsString.withDefault(''),
  state: parseAsStringLiteral(LINK_STATE_VALUES),
  everyone: parseAsStringLiteral(['show', 'hide']).withDefault('show'),
  q: parseAsString.withDefault(''),
  view: parseAsStringLiteral(['matrix', 'list']).withDefault('matrix'),
  /** What is looked at: a service account, an identity, or the link of both. */
  account: parseAsString,
  identity: parseAsString,
};

/** State of the page in the URL, and the filters as the API takes them. */
export function useIdentitiesState() {
  const [state, setState] = useQueryStates(PARSERS, { history: 'replace', clearOnDefault: true });
  const { provider, namespace, state: only, everyone } = state;
  const q = useSettled(state.q, TYPING_MS);
  const filters: LinkFilters = useMemo(
    () => ({
      provider: provider ?? undefined,
      namespace: namespace || undefined,
      state: only ?? undefined,
      everyone: everyone === 'hide' ? 'hide' : undefined,
      q: q || undefined,
    }),
    [provider, namespace, only, everyone, q],
  );
  return { state, setState, filters };
}

export type IdentitiesState = ReturnType<typeof useIdentitiesState>['state'];
export type SetIdentitiesState = ReturnType<typeof useIdentitiesState>['setState'];
