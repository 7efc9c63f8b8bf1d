'use client';
import type { IdentitiesAnswer } from '../../lib/api/identities-contract.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { ChoiceFilter, Filters, NamespaceFilter, TextFilter } from '../ui/filters.tsx';
import { whole } from '../ui/numbers.ts';
import { Segmented } from '../ui/segmented.tsx';
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
    <Filters>
      <TextFilter label="Filter by service account or identity" value={state.q} onChange={(q) => void setState({ q })} />
      <ChoiceFilter
        label="State"
        all="All states"
        value={state.state}
        options={LINK_STATES.map(({ state: value }) => ({ value, label: `${STATE_WORDS[value]}${count(value)}` }))}
        onChange={(value) => void setState({ state: value })}
      />
      <ChoiceFilter
        label="Cloud"
        all="All clouds"
        value={state.provider}
        options={(answer?.providers ?? PROVIDERS).map((value) => ({ value, label: PROVIDER_WORDS[value] }))}
        onChange={(provider) => void setState({ provider })}
      />
      <NamespaceFilter value={state.namespace} namespaces={namespaces} onChange={(namespace) => void setState({ namespace })} />
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
    </Filters>
  );
}
