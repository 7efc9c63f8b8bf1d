'use client';
import { useId, useState } from 'react';
import type { NodeSummary } from '../../lib/api/contract.ts';
import { useSearch } from '../api/use-search.ts';
import { NodeLabel } from '../ui/node-label.tsx';
import { qualifiedName } from '../ui/node-name.ts';
import { TextField } from '../ui/text-field.tsx';
import { useSettled } from '../ui/use-settled.ts';

const SETTLE_MS = 120;
const LIMIT = 30;

interface StartPickerProps {
  /** Already picked: left out of the list. */
  readonly picked: readonly string[];
  readonly onPick: (node: NodeSummary) => void;
}

/** A search box with a list below it: type, arrow down, Enter. Stays open, so that several can be picked in a row. */
export function StartPicker({ picked, onPick }: StartPickerProps) {
  const list = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const q = useSettled(text.trim(), SETTLE_MS);
  const { data, error, isPending } = useSearch({ q, typed: text.trim(), limit: LIMIT, enabled: open });
  const options = (data?.nodes ?? []).filter((node) => !picked.includes(node.id));
  const current = options[Math.min(at, options.length - 1)];

  const pick = (node: NodeSummary) => {
    onPick(node);
    setText('');
    setAt(0);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'Escape') setOpen(false);
    if (event.key === 'Enter' && open && current) pick(current);
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    if (options.length > 0) setAt((Math.min(at, options.length - 1) + (open ? step : 0) + options.length) % options.length);
  };

  return (
    <div className="relative">
      <TextField
        label="What is compromised?"
        placeholder="Add a pod, workload, service account, node or cloud identity"
        icon="search"
        className="w-full"
        role="combobox"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && current ? `${list}-${current.id}` : undefined}
        value={text}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {open && (
        <div className="absolute inset-x-0 top-full z-30 mt-1 max-h-80 overflow-auto rounded-lg border border-line bg-surface p-1 shadow-float">
          <div id={list} role="listbox" aria-label="Matches" tabIndex={-1}>
            {options.map((node) => (
              <div
                key={node.id}
                id={`${list}-${node.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={node === current}
                aria-label={`${node.kind} ${qualifiedName(node)}`}
                ref={(element) => {
                  if (node === current) element?.scrollIntoView({ block: 'nearest' });
                }}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => pick(node)}
                onKeyDown={onKeyDown}
                className="flex h-8 cursor-default items-center rounded-md px-2 hover:bg-sunken aria-selected:bg-accent-soft"
              >
                <NodeLabel node={node} showKind />
              </div>
            ))}
          </div>
          {options.length === 0 && (
            <p className="px-2 py-1.5 text-muted text-sm" role="status">
              {error ? error.message : isPending ? 'Searching' : 'Nothing has this name.'}
            </p>
          )}
          {data !== undefined && data.total > data.nodes.length && (
            <p className="px-2 py-1 text-faint text-xs">{data.total - data.nodes.length} more; type to narrow</p>
          )}
        </div>
      )}
    </div>
  );
}
