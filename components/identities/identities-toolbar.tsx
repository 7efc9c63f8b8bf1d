'use client';
import type { IdentitiesAnswer } from '../../lib/api/identities-contract.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { whole } from '../ui/numbers.ts';
import { Segmented } from '../ui/segmented.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { LINK_STATES, PROVIDER_WORDS } from './link-states.ts';
import { type IdentitiesState, PROVIDERS, type SetIdentitiesState } from './use-identities-state.ts';

interface IdentitiesToolbarProps {
  readonly state: IdentitiesState;
  readonly setState: SetIdentitiesState;
  readonly answer: IdentitiesAnswer | undefined;
  /** Whether there is room for the matrix, and so a choice. */
  readonly wide: boolean;
}

const STATE_WORDS = { wired: 'Wired', broken: 'Broken', conditional: 'Conditional', possible: 'Possible, not wired' } as const;

/** Filters of the page: what is shown, and how. */
export function IdentitiesToolbar({ state, setState, answer, wide }: IdentitiesToolbarProps) {
  const count = (one: keyof typeof STATE_WORDS): string => (answer === undefined ? '' : ` (${whole(answer.counts[one])})`);
  const namespaces = answer?.namespaces ?? [];
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2 print:hidden">
      <TextField
        label="Filter by service account or identity"
        icon="filter"
        value={state.q}
        onChange={(event) => void setState({ q: event.target.value || null })}
        className="w-72 max-sm:w-full"
      />
      <SelectField
        label="State"
        value={state.state ?? ''}
        options={[
          { value: '', label: 'All states' },
          ...LINK_STATES.map(({ state: value }) => ({ value, label: `${STATE_WORDS[value]}${count(value)}` })),
        ]}
        onChange={(value) => void setState({ state: LINK_STATES.find((one) => one.state === value)?.state ?? null })}
      />
      <SelectField
        label="Cloud"
        value={state.provider ?? ''}
        options={[
          { value: '', label: 'All clouds' },
          ...(answer?.providers ?? PROVIDERS).map((value) => ({ value, label: PROVIDER_WORDS[value] })),
        ]}
        onChange={(value) => void setState({ provider: PROVIDERS.find((one) => one === value) ?? null })}
      />
      <SelectField
        label="Namespace"
        value={state.namespace}
        options={[{ value: '', label: 'All namespaces' }, ...namespaces.map((one) => ({ value: one, label: one }))]}
        onChange={(value) => void setState({ namespace: value || null })}
        className="max-w-56"
      />
      {(answer?.openIdentities ?? 0) > 0 && (
        <Checkbox
          label={`Hide ${whole(answer?.openIdentities ?? 0)} open to every service account`}
          checked={state.everyone === 'hide'}
          onChange={(hide) => void setState({ everyone: hide ? 'hide' : null })}
        />
      )}
      {wide && (
        <span className="ml-auto">
          <Segmented
            label="View"
            value={state.view}
            segments={[
              { value: 'matrix', label: 'Matrix' },
              { value: 'list', label: 'List' },
            ]}
            onChange={(view) => void setState({ view })}
          />
        </span>
      )}
    </search>
  );
}
