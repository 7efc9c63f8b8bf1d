import { Icon, type IconName } from './icons/interface-icons.tsx';

/** Nothing here: says so, says what to do, and offers it. */
export function EmptyState({
  title,
  icon = 'info',
  children,
  actions,
}: {
  title: string;
  icon?: IconName;
  children?: React.ReactNode;
  actions?: React.ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-12 text-center">
      <Icon name={icon} size={26} className="text-faint" />
      <p className="mt-3 text-base font-semibold">{title}</p>
      {children !== undefined && <div className="mt-1.5 text-sm text-muted">{children}</div>}
      {actions !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
