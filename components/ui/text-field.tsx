import { Icon, type IconName } from './icons/interface-icons.tsx';

interface TextFieldProps extends Omit<React.ComponentPropsWithRef<'input'>, 'size'> {
  /** Accessible name; shown only as the placeholder. */
  readonly label: string;
  readonly icon?: IconName;
}

/** One line of text. */
export function TextField({ label, icon, className, placeholder, ...rest }: TextFieldProps) {
  return (
    <span className={`relative inline-flex items-center ${className ?? ''}`}>
      {icon && <Icon name={icon} size={15} className="pointer-events-none absolute left-2.5 text-faint" />}
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={placeholder ?? label}
        {...rest}
        className={`h-8 w-full rounded-md border border-line-strong bg-surface pr-2.5 text-sm text-text placeholder:text-faint ${icon ? 'pl-8' : 'pl-2.5'}`}
      />
    </span>
  );
}
