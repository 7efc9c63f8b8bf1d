'use client';
import {
  createParser,
  parseAsArrayOf,
  parseAsInteger,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
import type { NodeKind } from '../../lib/graph/kinds.ts';
import { KIND_LABELS } from '../ui/kind-labels.ts';

const parseAsKind = createParser<NodeKind>({
  parse: (text) => (Object.hasOwn(KIND_LABELS, text) ? (text as NodeKind) : null),
  serialize: (kind) => kind,
});

const STATE = {
  /** `?from=ID&from=ID` */
  from: parseAsNativeArrayOf(parseAsString),
  /** `&kind=secret,all-secrets` */
  kind: parseAsArrayOf(parseAsKind).withDefault([]),
  hop: parseAsInteger,
  certainty: parseAsStringLiteral(['certain', 'conditional'] as const),
  q: parseAsString.withDefault(''),
};

/** What the Respond page shows, kept in the URL: what is compromised, and the filters of the table. */
export function useRespondState() {
  return useQueryStates(STATE, { history: 'replace' });
}

export type RespondState = ReturnType<typeof useRespondState>[0];
