'use client';
import { Button } from './button.tsx';
import { Menu, type MenuItem } from './menu.tsx';

/** A button that opens the formats something can be taken away in. */
export function ExportMenu({ items, busy, label = 'Export' }: { items: readonly MenuItem[]; busy?: string | undefined; label?: string }) {
  return (
    <Menu
      label={label}
      items={items}
      trigger={
        <Button icon="download" disabled={busy !== undefined}>
          {busy ?? label}
        </Button>
      }
    />
  );
}
