'use client';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import type { CanvasNode } from '../../lib/api/contract.ts';
import { toggleJewel, useJewels } from '../api/use-jewels.ts';
import { copyText } from '../ui/copy-text.ts';
import { respondHref } from '../ui/node-label.tsx';
import type { EdgeKey } from './edge-key.ts';
import type { ExplorerState, SetExplorerState } from './use-explorer-state.ts';

const without = (list: readonly string[], id: string): string[] => list.filter((one) => one !== id);

/** What a person can do, from wherever: canvas, table, panel, context menu. Every one changes the URL and nothing else. */
export function useExplorerActions(state: ExplorerState, setState: SetExplorerState) {
  const router = useRouter();
  const jewels = useJewels();
  return useMemo(() => {
    const tab: 'details' | 'path' = state.tab ?? (state.to === null ? 'details' : 'path');
    return {
      tab,
      /** Selects a node; a second time with `more` takes it out again. Opens a stack instead. */
      select: (id: string, more = false) => {
        if (id.startsWith('stack:')) return void setState({ unstack: [...without(state.unstack, id), id] });
        const list = !more ? [id] : state.select.includes(id) ? without(state.select, id) : [...state.select, id];
        return void setState({
          select: list,
          edge: null,
          panel: 'open',
          ...(tab === 'details' || more ? {} : { tab: 'details' as const, from: state.from ?? state.select[0] ?? null }),
        });
      },
      clear: () => void setState({ select: [], edge: null, from: null, to: null, path: 0, tab: null }),
      openEdge: (edge: EdgeKey | null) => void setState({ edge, ...(edge && { panel: 'open' as const }) }),
      setStart: (id: string) => void setState({ from: id, path: 0, tab: 'path', edge: null, panel: 'open' }),
      setTarget: (id: string) =>
        void setState({
          to: id,
          path: 0,
          tab: 'path',
          edge: null,
          panel: 'open',
          from: state.from ?? state.select.find((one) => one !== id) ?? null,
        }),
      setTab: (next: 'details' | 'path') => void setState({ tab: next, edge: null }),
      isJewel: (id: string) => jewels.includes(id),
      toggleJewel,
      compromise: (id: string) => router.push(respondHref(id)),
      hide: (id: string) => void setState({ hide: [...without(state.hide, id), id], select: without(state.select, id) }),
      unhide: () => void setState({ hide: [] }),
      /** Shows the pods of a workload, or a stack's members, one by one; and folds them again. */
      toggleOpen: (node: Pick<CanvasNode, 'id'>) => {
        if (node.id.startsWith('stack:'))
          return void setState({
            unstack: state.unstack.includes(node.id) ? without(state.unstack, node.id) : [...state.unstack, node.id],
          });
        return void setState({ open: state.open.includes(node.id) ? without(state.open, node.id) : [...state.open, node.id] });
      },
      /** Shows the pods of a workload one by one and closes the edge that stood for them. */
      openWorkload: (id: string) => void setState({ open: [...without(state.open, id), id], edge: null }),
      copyLink: (id: string) => copyText(new URL(`/graph?select=${encodeURIComponent(id)}`, window.location.href).href),
    };
  }, [state, setState, router, jewels]);
}

export type ExplorerActions = ReturnType<typeof useExplorerActions>;
