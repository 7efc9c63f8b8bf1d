'use client';
import { Command } from 'cmdk';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useMemo, useState } from 'react';
import type { NodeSummary } from '../../lib/api/contract.ts';
import { useSearch } from '../api/use-search.ts';
import { ErrorState } from '../ui/error-state.tsx';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { KIND_LABELS } from '../ui/kind-labels.ts';
import { explorerHref, respondHref } from '../ui/node-label.tsx';
import { useSettled } from '../ui/use-settled.ts';
import { groupByKind } from './group-by-kind.ts';
import { parseSearch } from './parse-search.ts';
import { SearchResult } from './search-result.tsx';

const SETTLE_MS = 120;
const MOST = 40;
const KEY = 'rounded border border-line-strong px-1 font-mono text-[11px]';

/** The field and what it finds, by kind. Enter opens, Ctrl-Enter responds, Shift-Enter makes it the target of a path. */
export function SearchPalette({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('');
  const [active, setActive] = useState('0');
  const settled = useSettled(text, SETTLE_MS);
  const question = useMemo(() => parseSearch(settled), [settled]);
  const asked = question.q !== '' || question.kind !== undefined;
  const { data, error, refetch } = useSearch({
    q: question.q,
    typed: parseSearch(text).q,
    kind: question.kind,
    limit: MOST,
    enabled: asked,
  });
  const groups = useMemo(() => groupByKind(asked ? (data?.nodes ?? []) : []), [asked, data]);
  const nodes = useMemo(() => groups.flatMap((group) => group.nodes), [groups]);
  const go = useGo(onDone);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const node = nodes[Number(active)];
    if (event.key !== 'Enter' || !node || event.nativeEvent.isComposing) return;
    const act = event.ctrlKey || event.metaKey ? go.respond : event.shiftKey ? go.target : undefined;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act(node);
  };
  return (
    <Command label="Search" shouldFilter={false} loop value={active} onValueChange={setActive} onKeyDown={onKeyDown}>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Icon name="search" className="text-faint" />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={(next) => {
            setText(next);
            setActive('0');
          }}
          maxLength={300}
          placeholder="Name of anything, or pod:api, sa:build, aws-role:deploy"
          className="h-12 min-w-0 flex-1 bg-transparent text-[0.9375rem] outline-none placeholder:text-faint"
        />
      </div>
      <Command.List className="max-h-[52vh] overflow-y-auto p-2">
        {error && (
          <div className="p-2">
            <ErrorState error={error} onRetry={() => void refetch()} />
          </div>
        )}
        {asked && data && nodes.length === 0 && !error && (
          <p className="px-3 py-6 text-center text-sm text-muted">
            No name contains this. Part of a name is enough; a kind in front narrows it.
          </p>
        )}
        {!asked && (
          <p className="px-3 py-6 text-center text-sm text-muted">Type part of a name: a pod, a service account, a role, an ARN.</p>
        )}
        {groups.map((group) => (
          <Command.Group
            key={group.kind}
            heading={KIND_LABELS[group.kind].many}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted"
          >
            {group.nodes.map((node) => (
              <SearchResult
                key={node.id}
                node={node}
                value={String(nodes.indexOf(node))}
                onOpen={go.open}
                onRespond={go.respond}
                onTarget={go.target}
              />
            ))}
          </Command.Group>
        ))}
        {asked && data && data.total > nodes.length && (
          <p className="px-2 py-2 text-xs text-muted">
            The first {nodes.length} of {data.total}. Type more of the name.
          </p>
        )}
      </Command.List>
      <footer className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-xs text-muted max-sm:hidden">
        <span>
          <kbd className={KEY}>Enter</kbd> open
        </span>
        <span>
          <kbd className={KEY}>Ctrl</kbd> <kbd className={KEY}>Enter</kbd> respond
        </span>
        <span>
          <kbd className={KEY}>Shift</kbd> <kbd className={KEY}>Enter</kbd> set as target
        </span>
      </footer>
    </Command>
  );
}

/** Where a result leads. A target keeps what is selected in the Explorer as the start. */
function useGo(onDone: () => void) {
  const router = useRouter();
  const pathname = usePathname();
  const current = useSearchParams();
  const to = (href: string) => {
    onDone();
    router.push(href);
  };
  return {
    open: (node: NodeSummary) => to(explorerHref(node.id)),
    respond: (node: NodeSummary) => to(respondHref(node.id)),
    target: (node: NodeSummary) => {
      const search = new URLSearchParams(pathname === '/graph' ? current : undefined);
      search.delete('edge');
      search.delete('path');
      search.set('to', node.id);
      search.set('tab', 'path');
      to(`/graph?${search.toString()}`);
    },
  };
}
