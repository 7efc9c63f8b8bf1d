'use client';
import { DropdownMenu } from 'radix-ui';
import { IconButton } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icons/interface-icons.tsx';
import { MENU_CONTENT, MENU_ITEM } from '../ui/menu.tsx';
import { chooseTheme, type ThemeChoice, useTheme } from '../ui/use-theme.ts';

const CHOICES: readonly { readonly value: ThemeChoice; readonly label: string; readonly icon: IconName }[] = [
  { value: 'system', label: 'System', icon: 'system' },
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
];

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const { choice } = useTheme();
  const icon = CHOICES.find((one) => one.value === choice)?.icon ?? 'system';
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <IconButton label="Theme" icon={icon} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={6} className={MENU_CONTENT}>
          <DropdownMenu.RadioGroup value={choice} onValueChange={(next) => chooseTheme(next as ThemeChoice)}>
            {CHOICES.map((one) => (
              <DropdownMenu.RadioItem key={one.value} value={one.value} className={MENU_ITEM}>
                <Icon name={one.icon} />
                <span className="flex-1">{one.label}</span>
                <DropdownMenu.ItemIndicator>
                  <Icon name="check" size={14} />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
