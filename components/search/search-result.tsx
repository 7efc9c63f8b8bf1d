'use client';
import { Command } from 'cmdk';
import type { NodeSummary } from '../../lib/api/contract.ts';
import { KindIcon } from '../ui/icons/kind-icons.tsx';
import { Name } from '../ui/name.tsx';
import { qualifiedName } from '../ui/node-label.tsx';

interface ResultProps {
  readonly node: NodeSummary;
  /** Unique in the list; never the name, which may be any text. */
  readonly value: string;
  readonly onOpen: (node: NodeSummary) => void;
  readonly onRespond: (node: NodeSummary) => void;
  readonly onTarget: (node: NodeSummary) => void;
}

/** One result with its other uses at the right; those are on the keyboard too (Ctrl-Enter, Shift-Enter). */
export function SearchResult({ node, value, onOpen, onRespond, onTarget }: ResultProps) {
  return (
    <Command.Item
      value={value}
      onSelect={() => onOpen(node)}
      aria-label={qualifiedName(node)}
      className="group flex min-h-9 min-w-0 cursor-default items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-accent-soft"
    >
      <KindIcon kind={node.kind} size={22} />
      <span className="flex min-w-0 flex-1 items-baseline gap-2">
        <Name>{node.name}</Name>
        {node.namespace !== undefined && (
          <span className="max-w-40 shrink-0 truncate text-xs text-muted">
            <bdi>{node.namespace}</bdi>
          </span>
        )}
      </span>
      <span aria-hidden="true" className="hidden shrink-0 gap-1 group-hover:flex group-data-[selected=true]:flex max-sm:hidden!">
        <Use label="Respond" onUse={() => onRespond(node)} />
        <Use label="Set as target" onUse={() => onTarget(node)} />
      </span>
    </Command.Item>
  );
}

function Use({ label, onUse }: { label: string; onUse: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        onUse();
      }}
      className="h-6 rounded border border-line-strong bg-surface px-2 text-xs text-muted hover:text-text"
    >
      {label}
    </button>
  );
}
