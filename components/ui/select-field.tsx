import { Icon } from './icons/interface-icons.tsx';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

/** One of several, as the system's own list: works everywhere, also on a telephone. */
export function SelectField({
  label,
  value,
  options,
  onChange,
  className,
}: {
  label: string;
  value: string;
  options: readonly SelectOption[];
  onChange: (value: string) => void;
  className?: string;
}) {
  return (
    <span className={`relative inline-flex items-center ${className ?? ''}`}>
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 w-full appearance-none truncate rounded-md border border-line-strong bg-surface pl-2.5 pr-7 text-sm text-text"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" size={14} className="pointer-events-none absolute right-2 text-faint" />
    </span>
  );
}
