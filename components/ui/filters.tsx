'use client';
import { SelectField, type SelectOption } from './select-field.tsx';
import { SEVERITY_WORDS, type Severity } from './severity-words.ts';
import { TextField } from './text-field.tsx';

/** The filters above a list, in a row that wraps. */
export function Filters({ children }: { readonly children: React.ReactNode }) {
  return <search className="mb-3 flex flex-wrap items-center gap-2 print:hidden">{children}</search>;
}

interface TextFilterProps {
  /** What is filtered by; shown while the field is empty. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string | null) => void;
  readonly className?: string;
}

/** Narrows a list to what holds a text; an empty field narrows nothing. */
export function TextFilter({ label, value, onChange, className = 'w-72 max-sm:w-full' }: TextFilterProps) {
  return (
    <TextField label={label} icon="filter" value={value} onChange={(event) => onChange(event.target.value || null)} className={className} />
  );
}

interface ChoiceFilterProps<Value extends string> {
  readonly label: string;
  /** What it says while nothing is chosen. */
  readonly all: string;
  readonly value: Value | null;
  readonly options: readonly (SelectOption & { readonly value: Value })[];
  readonly onChange: (value: Value | null) => void;
  readonly className?: string;
}

/** Narrows a list to one of several, or to all of them (null). */
export function ChoiceFilter<Value extends string>({ label, all, value, options, onChange, className }: ChoiceFilterProps<Value>) {
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      options={[{ value: '', label: all }, ...options]}
      onChange={(chosen) => onChange(options.find((option) => option.value === chosen)?.value ?? null)}
      {...(className !== undefined && { className })}
    />
  );
}

interface NamespaceFilterProps {
  /** Empty: all of them. */
  readonly value: string;
  readonly namespaces: readonly string[];
  readonly onChange: (namespace: string | null) => void;
}

/** Narrows a list to one namespace. One that a link names and that is not there (any more) is listed too: what narrows must be seen. */
export function NamespaceFilter({ value, namespaces, onChange }: NamespaceFilterProps) {
  const listed = value === '' || namespaces.includes(value) ? namespaces : [value, ...namespaces];
  return (
    <ChoiceFilter
      label="Namespace"
      all="All namespaces"
      value={value === '' ? null : value}
      options={listed.map((one) => ({ value: one, label: one }))}
      onChange={onChange}
      className="max-w-56"
    />
  );
}

interface SeverityFilterProps<Value extends Severity> {
  readonly value: Value | null;
  readonly severities: readonly Value[];
  readonly onChange: (severity: Value | null) => void;
}

/** Narrows a list to one severity. */
export function SeverityFilter<Value extends Severity>({ value, severities, onChange }: SeverityFilterProps<Value>) {
  return (
    <ChoiceFilter
      label="Severity"
      all="All severities"
      value={value}
      options={severities.map((one) => ({ value: one, label: SEVERITY_WORDS[one] }))}
      onChange={onChange}
    />
  );
}
