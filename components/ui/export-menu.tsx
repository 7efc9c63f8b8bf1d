'use client';
import { Button } from './button.tsx';
import { Menu, type MenuItem } from './menu.tsx';

/** A button that opens the formats something can be taken away in. */
export function ExportMenu({ items, busy, label = 'Export' }: { items: readonly MenuItem[]; busy?: string | undefined; label?: string }) {
  return (
    <Menu
      label={label}
      // Not the button is switched off but what is behind it: a button that is would lose the focus.
      items={busy === undefined ? items : items.map((item) => ({ ...item, disabled: true }))}
      trigger={
        <Button icon="download" aria-disabled={busy !== undefined}>
          {busy ?? label}
        </Button>
      }
    />
  );
}
