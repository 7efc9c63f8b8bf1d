'use client';
import { Dialog } from 'radix-ui';
import { useCallback, useState } from 'react';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { SearchPalette } from './search-palette.tsx';
import { useOpenKeys } from './use-open-keys.ts';

/** Search for anything by name, from every page: a button, `/`, Ctrl-K or Cmd-K. */
export function CommandSearch() {
  const [open, setOpen] = useState(false);
  useOpenKeys(useCallback(() => setOpen(true), []));
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <button
          type="button"
          aria-label="Search"
          aria-keyshortcuts="/ Control+K Meta+K"
          className="inline-flex h-8 w-56 items-center gap-2 rounded-md border border-line-strong bg-canvas px-2.5 text-sm text-muted hover:bg-sunken max-sm:w-8 max-sm:justify-center max-sm:px-0"
        >
          <Icon name="search" size={15} />
          <span className="flex-1 text-left max-sm:hidden">Search</span>
          <kbd className="rounded border border-line-strong bg-surface px-1.5 font-mono text-[11px] leading-[18px] max-sm:hidden">/</kbd>
        </button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed left-1/2 top-[10vh] z-50 w-[calc(100vw-1.5rem)] max-w-2xl -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-surface shadow-float"
        >
          <Dialog.Title className="sr-only">Search</Dialog.Title>
          <SearchPalette onDone={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
