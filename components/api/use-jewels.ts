'use client';
import { useSyncExternalStore } from 'react';

/** Nodes that a person has marked as crown jewels, by id. They stay in this browser: the server keeps nothing about people. */
const KEY = 'podreach-crown-jewels';
const MOST = 50;
const NONE: readonly string[] = [];

const listeners = new Set<() => void>();
let text: string | null | undefined;
let ids: readonly string[] = NONE;

/** Storage may be forbidden by the browser; then marks last as long as the page. */
function stored<Result>(use: (storage: Storage) => Result, otherwise: Result): Result {
  try {
    return use(localStorage);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return otherwise;
  }
}

function idsIn(written: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(written);
    return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string' && id !== '').slice(0, MOST) : NONE;
  } catch (error) {
    if (error instanceof SyntaxError) return NONE;
    throw error;
  }
}

/** The same list as long as nothing changes, as React wants it. */
function jewelsNow(): readonly string[] {
  const written = stored((storage) => storage.getItem(KEY), text ?? null);
  if (written !== text) {
    text = written;
    ids = written === null ? NONE : idsIn(written);
  }
  return ids;
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  addEventListener('storage', changed);
  return () => {
    listeners.delete(changed);
    removeEventListener('storage', changed);
  };
}

/** Marks a node, or takes its mark away. */
export function toggleJewel(id: string): void {
  const before = jewelsNow();
  const after = before.includes(id) ? before.filter((one) => one !== id) : [...before, id].slice(-MOST);
  const written = JSON.stringify(after);
  const kept = stored((storage) => {
    storage.setItem(KEY, written);
    return true;
  }, false);
  if (!kept) {
    text = written;
    ids = after;
  }
  for (const changed of listeners) changed();
}

/** Ids of the nodes that are marked. Renders again when a mark changes, in other tabs too. */
export function useJewels(): readonly string[] {
  return useSyncExternalStore(subscribe, jewelsNow, () => NONE);
}
