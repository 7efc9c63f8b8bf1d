'use client';
import { SelectField } from '../ui/select-field.tsx';
import { SEVERITY_WORDS } from '../ui/severity-words.ts';
import { TextField } from '../ui/text-field.tsx';
import { FINDING_CLASS_VALUES, FINDING_CLASSES } from './finding-classes.ts';
import { FINDING_SEVERITIES, type FindingsState } from './use-findings-state.ts';

/** Filters of the findings; all of them are in the URL. */
export function FindingsToolbar({
  state,
  setState,
  namespaces,
}: Pick<FindingsState, 'state' | 'setState'> & { readonly namespaces: readonly string[] }) {
  return (
    <search className="mb-3 flex flex-wrap gap-2 print:hidden">
      <TextField
        label="Filter by object or text"
        icon="filter"
        value={state.q}
        onChange={(event) => void setState({ q: event.target.value || null })}
        className="w-64 max-sm:w-full"
      />
      <SelectField
        label="Severity"
        value={state.severity ?? ''}
        options={[{ value: '', label: 'All severities' }, ...FINDING_SEVERITIES.map((one) => ({ value: one, label: SEVERITY_WORDS[one] }))]}
        onChange={(value) => void setState({ severity: FINDING_SEVERITIES.find((one) => one === value) ?? null })}
      />
      <SelectField
        label="Class"
        value={state.class ?? ''}
        options={[{ value: '', label: 'All classes' }, ...FINDING_CLASSES]}
        onChange={(value) => void setState({ class: FINDING_CLASS_VALUES.find((one) => one === value) ?? null })}
      />
      <SelectField
        label="Namespace"
        value={state.namespace}
        options={[{ value: '', label: 'All namespaces' }, ...namespaces.map((one) => ({ value: one, label: one }))]}
        onChange={(value) => void setState({ namespace: value || null })}
        className="max-w-56"
      />
    </search>
  );
}
