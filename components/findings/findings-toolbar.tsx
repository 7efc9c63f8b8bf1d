'use client';
import { ChoiceFilter, Filters, NamespaceFilter, SeverityFilter, TextFilter } from '../ui/filters.tsx';
import { FINDING_CLASSES } from './finding-classes.ts';
import { FINDING_SEVERITIES, type FindingsState } from './use-findings-state.ts';

/** Filters of the findings; all of them are in the URL. */
export function FindingsToolbar({
  state,
  setState,
  namespaces,
}: Pick<FindingsState, 'state' | 'setState'> & { readonly namespaces: readonly string[] }) {
  return (
    <Filters>
      <TextFilter label="Filter by object or text" value={state.q} onChange={(q) => void setState({ q })} />
      <SeverityFilter value={state.severity} severities={FINDING_SEVERITIES} onChange={(severity) => void setState({ severity })} />
      <ChoiceFilter
        label="Class"
        all="All classes"
        value={state.class}
        options={FINDING_CLASSES}
        onChange={(group) => void setState({ class: group })}
      />
      <NamespaceFilter value={state.namespace} namespaces={namespaces} onChange={(namespace) => void setState({ namespace })} />
    </Filters>
  );
}
