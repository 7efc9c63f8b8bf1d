'use client';
import { DropdownMenu } from 'radix-ui';
import { Icon, type IconName } from './icons/interface-icons.tsx';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly onSelect: () => void;
  readonly disabled?: boolean;
  readonly hint?: string;
}

/** Shared by this menu and by context menus, so that both look alike. */
export const MENU_CONTENT = 'z-50 min-w-44 rounded-lg border border-line bg-surface p-1 text-sm shadow-float';
export const MENU_ITEM =
  'flex h-8 cursor-default select-none items-center gap-2 rounded-md px-2 outline-none data-[highlighted]:bg-accent-soft data-[highlighted]:text-accent data-[disabled]:opacity-50';

/** A menu behind a button; arrow keys move, Enter chooses, Escape closes. */
export function Menu({
  trigger,
  label,
  items,
  align = 'end',
}: {
  trigger: React.ReactNode;
  label: string;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
}) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content aria-label={label} align={align} sideOffset={6} collisionPadding={8} className={MENU_CONTENT}>
          {items.map((item) => (
            <DropdownMenu.Item key={item.label} onSelect={item.onSelect} className={MENU_ITEM} {...(item.disabled && { disabled: true })}>
              {item.icon && <Icon name={item.icon} />}
              <span className="flex-1">{item.label}</span>
              {item.hint && <span className="text-xs text-faint">{item.hint}</span>}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
