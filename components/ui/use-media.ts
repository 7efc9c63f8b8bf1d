'use client';
import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query fits; `otherwise` while nothing is known yet, on the server. */
export function useMedia(query: string, otherwise: boolean): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => otherwise,
  );
}
