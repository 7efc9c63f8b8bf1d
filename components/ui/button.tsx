import Link from 'next/link';
import { Icon, type IconName } from './icons/interface-icons.tsx';

type Look = 'solid' | 'outline' | 'ghost';

interface Shared {
  readonly look?: Look;
  readonly size?: 'small' | 'medium';
  readonly icon?: IconName;
  readonly children?: React.ReactNode;
}

const LOOKS: Record<Look, string> = {
  solid: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  outline: 'bg-surface text-text border-line-strong hover:bg-sunken',
  ghost: 'bg-transparent text-muted border-transparent hover:bg-sunken hover:text-text',
};

function classes({ look = 'outline', size = 'medium' }: Shared): string {
  const room = size === 'small' ? 'h-7 px-2 text-xs gap-1.5' : 'h-8 px-3 text-sm gap-2';
  return `inline-flex items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors select-none disabled:opacity-50 disabled:pointer-events-none aria-disabled:opacity-50 ${room} ${LOOKS[look]}`;
}

/** A button with an optional icon in front of its text. */
export function Button({ look, size, icon, children, className, ...rest }: Shared & React.ComponentPropsWithRef<'button'>) {
  return (
    <button type="button" {...rest} className={`${classes({ ...(look && { look }), ...(size && { size }) })} ${className ?? ''}`}>
      {icon && <Icon name={icon} size={size === 'small' ? 14 : 16} />}
      {children}
    </button>
  );
}

/** A link that looks like a button. */
export function LinkButton({ look, size, icon, children, className, ...rest }: Shared & React.ComponentProps<typeof Link>) {
  return (
    <Link {...rest} className={`${classes({ ...(look && { look }), ...(size && { size }) })} ${className ?? ''}`}>
      {icon && <Icon name={icon} size={size === 'small' ? 14 : 16} />}
      {children}
    </Link>
  );
}

/** A button of an icon alone; `label` is its name and tooltip. */
export function IconButton({
  label,
  icon,
  size = 'medium',
  pressed,
  className,
  ...rest
}: { label: string; icon: IconName; size?: 'small' | 'medium'; pressed?: boolean } & Omit<
  React.ComponentPropsWithRef<'button'>,
  'children'
>) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...(pressed !== undefined && { 'aria-pressed': pressed })}
      {...rest}
      className={`inline-flex items-center justify-center rounded-md border border-transparent text-muted transition-colors hover:bg-sunken hover:text-text aria-pressed:bg-accent-soft aria-pressed:text-accent disabled:opacity-50 disabled:pointer-events-none ${size === 'small' ? 'size-6' : 'size-8'} ${className ?? ''}`}
    >
      <Icon name={icon} size={size === 'small' ? 14 : 17} />
    </button>
  );
}
