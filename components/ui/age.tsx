'use client';
import { useSyncExternalStore } from 'react';
import { relativeTime } from './relative-time.ts';

const EVERY_MS = 20_000;

function subscribe(changed: () => void): () => void {
  const timer = setInterval(changed, EVERY_MS);
  return () => clearInterval(timer);
}

/** The time rounded to the interval: a stable snapshot between two ticks. The server does not know the viewer's clock. */
function useNow(): number | undefined {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / EVERY_MS) * EVERY_MS + EVERY_MS,
    () => undefined,
  );
}

/** How long ago, kept up to date; the exact time on hover. Shows the text itself where it is no date. */
export function Age({ iso, prefix = '' }: { iso: string; prefix?: string }) {
  const now = useNow();
  const then = Date.parse(iso);
  if (Number.isNaN(then)) return <bdi>{iso}</bdi>;
  return (
    <time
      dateTime={iso}
      title={now === undefined ? iso : new Date(then).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long' })}
    >
      {now === undefined ? iso : `${prefix}${relativeTime(then, now)}`}
    </time>
  );
}
