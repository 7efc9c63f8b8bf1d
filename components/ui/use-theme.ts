'use client';
import { useSyncExternalStore } from 'react';
import { THEME_KEY } from './theme-key.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}

function choiceNow(): ThemeChoice {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

function shownNow(): 'light' | 'dark' {
  const choice = choiceNow();
  if (choice !== 'system') return choice;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Applies and remembers a choice; where nothing can be remembered it lasts as long as the page. */
export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  try {
    if (choice === 'system') localStorage.removeItem(THEME_KEY);
    else localStorage.setItem(THEME_KEY, choice);
  } catch (error) {
    // Storage may be forbidden by the browser; the theme is applied all the same.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** What was chosen, and what is shown. Renders again when either changes. */
export function useTheme(): { readonly choice: ThemeChoice; readonly shown: 'light' | 'dark' } {
  const choice = useSyncExternalStore(subscribe, choiceNow, () => 'system' as const);
  const shown = useSyncExternalStore(subscribe, shownNow, () => 'light' as const);
  return { choice, shown };
}
